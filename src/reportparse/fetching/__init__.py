"""Reports from the net into a folder: the only place that talks to it.

    fetch(["https://…"], "reports/")              addresses
    fetch("corpora/lists/budget.toml", "reports/")   a list

Each file stands beside NAME.json, which tells where its bytes came from. docs/fetch.md says what is kept to.
"""

from reportparse.fetching.model import DOUBTS, Fetched, Listed, Settings
from reportparse.fetching.running import fetch

__all__ = ["DOUBTS", "Fetched", "Listed", "Settings", "fetch"]
