"""What the audit found, as the page shows it: each finding beside every record that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportparse.audit import EXPLANATIONS, Finding, audit
from reportparse.model import Report
from reportparse.review.decisions import identity


def findings_of(reports: Sequence[Report]) -> list[list[dict[str, Any]]]:
    """Audit the reports together; for each report the findings on its records."""
    return share_findings(reports, audit(reports))


def share_findings(reports: Sequence[Report], findings: Iterable[Finding]) -> list[list[dict[str, Any]]]:
    """For each report the findings that quote it, as the page's data takes them."""
    shared: list[list[dict[str, Any]]] = [[] for _ in reports]
    places = {report.sha256: k for k, report in enumerate(reports)} | {identity(report): k for k, report in enumerate(reports)}
    for finding in findings:
        for sha256 in dict.fromkeys(quote.sha256 for quote in finding.quotes):
            if sha256 in places:
                shared[places[sha256]].append(_shown(finding, sha256))
    return shared


def _shown(finding: Finding, sha256: str) -> dict[str, Any]:
    return {
        "records": [quote.id for quote in finding.quotes if quote.sha256 == sha256],
        "severity": finding.severity,
        "message": f"{finding.message}: {finding.arithmetic}",
        "quotes": [
            quote.figure if quote.sha256 == sha256 else f"{quote.report or quote.sha256[:12]}: {quote.figure}" for quote in finding.quotes
        ],
        "explanations": [EXPLANATIONS.get(key, key) for key in finding.explanations],
    }
