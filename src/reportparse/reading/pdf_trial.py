"""A suspect PDF read on trial: PDFium goes through its pages in a process of its own, which may die. Run as a script there."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

MEMORY = 640 << 20
"""Bytes of address space for the trial beside the file, where the system knows such limits: a gigabyte is then enough for the whole."""
SECONDS = 20
"""Seconds of processor time for the trial."""
_WAIT = 3 * SECONDS


def survives(data: bytes) -> bool:
    """Whether PDFium can go through all pages within the limits; True where no process can be had to try it in."""
    if not sys.executable:
        return True
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603  this very file
            [sys.executable, "-P", __file__], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_WAIT, env=place, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    except OSError:
        return True
    return done.stdout in (b"", b"begun ended ")  # nothing at all: it could not begin


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _go_through(data: bytes) -> None:
    import pypdfium2

    with suppress(pypdfium2.PdfiumError):
        pdf = pypdfium2.PdfDocument(data)
        for k in range(len(pdf)):
            with suppress(pypdfium2.PdfiumError):
                page = pdf[k]
                page.get_textpage().close()
                page.close()


def main() -> None:
    """Say that it begins, read the PDF from standard input, say that it has ended."""
    import pypdfium2  # noqa: F401  one that can't be had is no fault of the file

    data = sys.stdin.buffer.read()
    sys.stdout.write("begun ")
    sys.stdout.flush()
    _limit(MEMORY + len(data))
    _go_through(data)
    sys.stdout.write("ended ")


if __name__ == "__main__":
    main()
