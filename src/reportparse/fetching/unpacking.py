"""Content-Encoding undone piece by piece, so that a small answer can't fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from reportparse.errors import FetchError

ACCEPTED = "gzip, deflate"
_PIECE = 1 << 16
_PACKED = ("gzip", "deflate", "br", "zstd", "compress")


class Unpacker:
    """Undoes gzip and deflate; gives at most `_PIECE` bytes at a time.

    >>> unpack = Unpacker("gzip")
    >>> b"".join(unpack.feed(__import__("gzip").compress(b"abc"))), unpack.whole
    (b'abc', True)
    """

    def __init__(self, encoding: str) -> None:
        packed = [word for word in _PACKED if word in encoding]
        if packed and encoding not in ("gzip", "x-gzip", "deflate"):
            raise FetchError(f"comes packed as {encoding!r}, which was not asked for")
        self._plain = not packed  # servers write all sorts of things there: utf-8, none
        self._deflate = encoding == "deflate"
        self._inner = None if self._plain else zlib.decompressobj(16 + zlib.MAX_WBITS if not self._deflate else zlib.MAX_WBITS)
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether the packed bytes have come to their end."""
        return self._inner is None or self._inner.eof or not self._begun

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes hold.

        Raises:
            zlib.error: they are damaged.

        """
        if self._inner is None:
            yield data
            return
        while data:
            if self._inner.eof:  # several packed pieces may follow each other
                if self._deflate or not data.startswith(b"\x1f\x8b"):
                    return
                self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield self._some(data)
            data = self._inner.unconsumed_tail or self._inner.unused_data

    def _some(self, data: bytes) -> bytes:
        assert self._inner is not None  # noqa: S101  feed has looked
        try:
            out = self._inner.decompress(data, _PIECE)
        except zlib.error:
            if self._begun or not self._deflate:
                raise
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers call the bare form deflate
            out = self._inner.decompress(data, _PIECE)
        self._begun = True
        return out
