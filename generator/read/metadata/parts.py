"""Reading the parts of a file that says how long each of them is."""

from __future__ import annotations


class Damaged(Exception):
    """A picture ends too early, or holds what its format does not know: nobody can tell what it would give away."""


def part(content: bytes, at: int, length: int) -> bytes:
    """The `length` bytes from `at` on. Raises Damaged when there are fewer."""
    found = content[at : at + length]
    if len(found) != length:
        raise Damaged
    return found


def big(content: bytes, at: int, length: int) -> int:
    """A number, its highest byte first. Raises Damaged."""
    return int.from_bytes(part(content, at, length), "big")


def little(content: bytes, at: int, length: int) -> int:
    """A number, its lowest byte first. Raises Damaged."""
    return int.from_bytes(part(content, at, length), "little")
