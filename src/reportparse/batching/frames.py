"""What passes between a process and its parent: a message is its length in four bytes and its bytes."""

from __future__ import annotations

from typing import BinaryIO


def write(out: BinaryIO, message: bytes) -> None:
    """Send a message."""
    out.write(len(message).to_bytes(4, "big"))
    out.write(message)
    out.flush()


def read(source: BinaryIO) -> bytes | None:
    """Receive a message; None where there is no other, or only part of one."""
    head = source.read(4)
    size = int.from_bytes(head, "big")
    message = source.read(size) if len(head) == 4 else b""
    return message if len(head) == 4 and len(message) == size else None
