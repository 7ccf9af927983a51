"""spaCy: a report as a ``Doc`` whose span groups hold the records, one group a kind.

Each character is a token unless a pipeline is given, so that every record begins and ends where a token does. spaCy counts code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from reportparse.errors import MissingExtra
from reportparse.exchange.model import KINDS, Annotated, Span, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = "reportparse"
"""Of ``doc.user_data``: JSON of the records' exact places and fields."""


def doc(found: Annotated, nlp: Any = None) -> Any:
    """The text as a ``Doc``; ``doc.spans["quantity"]``, ``["change"]`` and ``["ranking"]`` hold the records.

    With `nlp`, its tokenizer cuts the text, and a span is widened to whole tokens; its exact place stays in ``user_data``.
    """
    spacy = _spacy()
    made = spacy.blank("xx").vocab
    words = list(found.text)
    cut = spacy.tokens.Doc(made, words=words, spaces=[False] * len(words)) if nlp is None else nlp.make_doc(found.text)
    for kind in KINDS:
        group = [cut.char_span(s.start, s.end, label=kind, span_id=s.id, alignment_mode="expand") for s in found.spans if s.label == kind]
        cut.spans[kind] = group
    cut.user_data[KEY] = msgspec.json.encode(found).decode()
    return cut


def read(cut: Any) -> Annotated:
    """The spans of a ``Doc`` as they stand now: with their exact place where the group still has them, else as the tokens say."""
    kept = msgspec.json.decode(cut.user_data[KEY], type=Annotated) if KEY in cut.user_data else Annotated(text=cut.text, spans=())
    known = {(span.label, span.id): span for span in kept.spans}
    spans = []
    for kind in KINDS:
        for span in cut.spans.get(kind, ()):
            before = known.get((kind, span.id_))
            start, end = span.start_char, span.end_char
            if before and start <= before.start < before.end <= end:
                start, end = before.start, before.end
            fields = before.fields if before else {}
            spans.append(Span(id=span.id_ or f"new{start}", label=kind, start=start, end=end, fields=fields))
    return Annotated(text=cut.text, spans=checked(spans, cut.text, "the Doc"), about=kept.about)


def packed(docs: Iterable[Any]) -> bytes:
    """Docs as the bytes of a ``.spacy`` file, which ``spacy.tokens.DocBin`` reads."""
    packing = _spacy().tokens.DocBin(store_user_data=True)
    for one in docs:
        packing.add(one)
    return bytes(packing.to_bytes())


def _spacy() -> Any:
    try:
        import spacy
        import spacy.tokens
    except ImportError as error:
        raise MissingExtra("spacy", "a spaCy Doc") from error
    return spacy
