"""A hook of mkdocs: links that leave docs/ (to fixtures, to gold) are words in the site, which holds docs/ only."""

import re

_OUT = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")


def on_page_markdown(markdown: str, **_: object) -> str:
    """The page as the site shows it."""
    return _OUT.sub(r"\1", markdown)
