"""A mention in the making: what a rule hands back."""

from __future__ import annotations

from typing import Any

import msgspec

from reportparse.mentions.model import MentionKind


class Draft(msgspec.Struct, frozen=True, gc=False):
    """Kind, place and the fields that its rule could tell."""

    kind: MentionKind
    start: int
    end: int
    fields: dict[str, Any]


def label(start: int, end: int, **fields: Any) -> Draft:
    """A name, a class, a document number: something that holds a numeral and is no figure."""
    return Draft("label", start, end, fields)
