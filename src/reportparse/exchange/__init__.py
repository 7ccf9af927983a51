"""Reports into the formats of annotation tools, and what was annotated there back again.

    annotated(report)            the report's text with its records as spans: what every format is made from
    label_studio                 tasks with predictions out, annotations in
    web_annotation               W3C Web Annotation: text position and text quote selectors
    brat                         stand-off: NAME.txt and NAME.ann
    spacy_doc                    a spaCy ``Doc`` with the records as spans
    decided(offered, returned)   what an annotator did to the records, as decisions

docs/exchange.md says what each format holds, and in which unit it counts.
"""

from reportparse.exchange.model import Annotated, ExchangeError, Span, annotated, records
from reportparse.exchange.returning import Returned, decided

__all__ = ["Annotated", "ExchangeError", "Returned", "Span", "annotated", "decided", "records"]
