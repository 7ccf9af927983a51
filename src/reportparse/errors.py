"""What can go wrong, as a tree; each message says what to do.

    ReportError                     everything that reportparse raises on purpose
    ├── ReadError (ValueError)      the source can't be read as a report
    │   ├── EmptySource             no bytes, or no text in them
    │   ├── UnknownFormat           neither text nor HTML nor PDF
    │   ├── EncryptedSource         a password is needed
    │   ├── BrokenSource            truncated or damaged
    │   └── SourceTooLarge          above the size limit
    ├── StoreError                  a store can't be opened, asked or added to
    ├── FetchError                  an address can't be fetched
    ├── ListError (ValueError)      a list of sources is wrong
    ├── BatchError                  the workers of a batch can't do their work
    ├── MissingExtra (ImportError)  an optional package is not installed
    └── WordsError (ValueError)     a word table is wrong: names file, table, line

A missing file stays the builtin ``FileNotFoundError``.
"""


class ReportError(Exception):
    """Root of every error that reportparse raises on purpose."""


class ReadError(ReportError, ValueError):
    """The source can't be read as a report; the message says why and what to do."""


class EmptySource(ReadError):  # noqa: N818  the tree above reads as nouns
    """The source holds no bytes, or no text."""


class UnknownFormat(ReadError):  # noqa: N818
    """The bytes are neither text nor HTML nor PDF."""


class EncryptedSource(ReadError):  # noqa: N818
    """The PDF asks for a password."""


class BrokenSource(ReadError):  # noqa: N818
    """The file is truncated or damaged."""


class SourceTooLarge(ReadError):  # noqa: N818
    """The file is above the size limit."""


class StoreError(ReportError):
    """A store can't be opened, asked or added to; the message says why and what to do."""


class FetchError(ReportError):
    """An address can't be fetched; the message says why and what to do."""

    def __init__(self, why: str, *, status: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        """What the server answered, where it answered."""


class ListError(ReportError, ValueError):
    """A list of sources is wrong; the message names each fault, one a line."""


class BatchError(ReportError):
    """The workers of a batch can't do their work; a file that fails is no such error, it goes to the errors table."""


class MissingExtra(ReportError, ImportError):  # noqa: N818
    """An optional package is not installed; the message names the extra."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the extra '{extra}': pip install 'reportparse[{extra}]'")


class WordsError(ReportError, ValueError):
    """A table of words is wrong; the message names the file and the entry."""
