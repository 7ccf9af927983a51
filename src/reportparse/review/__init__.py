"""The page that shows every record in its place, and what was decided on it.

review_page(reports)                one HTML file that opens offline
load_decisions(path)                what was accepted, rejected and corrected
apply_decisions(report, decisions)  the report as decided, and what no longer stands
"""

from reportparse.review.applying import Unplaced, apply_decisions, place_decisions
from reportparse.review.decisions import Decision, append_decisions, decide, effective, load_decisions
from reportparse.review.page import review_page
from reportparse.review.rows import fixture_rows, gold_rows

__all__ = [
    "Decision",
    "Unplaced",
    "append_decisions",
    "apply_decisions",
    "decide",
    "effective",
    "fixture_rows",
    "gold_rows",
    "load_decisions",
    "place_decisions",
    "review_page",
]
