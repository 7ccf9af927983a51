"""What an annotator did to the records that were sent out, as decisions that the next run applies."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from reportparse.exchange.model import Annotated, Span
from reportparse.review.decisions import CONTEXT, Decision, Verdict


class Returned(NamedTuple):
    """The decisions, and the spans that no decision can hold."""

    decisions: list[Decision]
    added: list[Span]
    """Spans of no record: figures that the library missed."""
    moved: list[tuple[Span, Span]]
    """Records whose place or kind was changed, as they were and as they are; the old one counts as rejected."""


def decided(offered: Annotated, back: Annotated, *, who: str = "", when: str = "") -> Returned:
    """Compare what came back with what was sent: still there is accepted, gone is rejected, new and changed are told."""
    after = {span.id: span for span in back.spans}
    known = {span.id for span in offered.spans}
    decisions, moved = [], []
    for span in offered.spans:
        now = after.get(span.id)
        same = now is not None and (now.start, now.end, now.label) == (span.start, span.end, span.label)
        decisions.append(_decision(offered, span, "accept" if same else "reject", who, when))
        if now is not None and not same:
            moved.append((span, now))
    return Returned(decisions, [span for span in back.spans if span.id not in known], moved)


def _decision(found: Annotated, span: Span, verdict: Verdict, who: str, when: str) -> Decision:
    text = found.text
    return Decision(
        sha256=str(found.about.get("sha256") or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()),
        id=span.id, start=span.start, end=span.end, quote=found.quote(span),
        before=text[max(0, span.start - CONTEXT) : span.start], after=text[span.end : span.end + CONTEXT],
        verdict=verdict, who=who, when=when,
    )  # fmt: skip
