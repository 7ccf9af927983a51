"""What reports say against themselves and against each other, by exact interval arithmetic. docs/audit.md is its manual.

    for finding in audit([parse("2023.html"), parse("2024.html")]):
        print(finding)

A printed 26.4 may be anything that rounds to it, so rounding is never a finding. A check is a small function in the
module that its kind names; it says nothing where it is not sure which figures belong together.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportparse.audit.agreement import check_agreement
from reportparse.audit.figures import Library
from reportparse.audit.growth import check_growth, check_speeds
from reportparse.audit.model import CODES, EXPLANATIONS, Finding, Quote
from reportparse.audit.shares import check_shares
from reportparse.audit.sums import check_sums
from reportparse.model import Report

__all__ = ["CHECKS", "CODES", "EXPLANATIONS", "Finding", "Quote", "audit"]

CHECKS = (check_sums, check_shares, check_growth, check_speeds, check_agreement)
"""All checks, in the order of their findings."""

_GRAVE = {"error": 0, "warning": 1, "info": 2}


def audit(reports: Iterable[Report]) -> list[Finding]:
    """What does not hold in these reports and between them, the gravest first."""
    library = Library(reports)
    found = [finding for check in CHECKS for finding in check(library)]
    return sorted(found, key=lambda one: _GRAVE[one.severity])
