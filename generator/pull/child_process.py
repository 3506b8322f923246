"""Starts `child` and takes its answer: whole, in time and of a sane size, or none at all."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, cast

from generator.pull import child

LARGEST_ANSWER = 512 * 2**20  # bytes


class Died(Exception):
    """The process ended before its answer did, or its answer is too large."""


def answer_of(
    task: Sequence[str], *, given: bytes = b"", seconds: float, environ: Mapping[str, str] | None = None
) -> list[object]:
    """The lines of the answer to a task of `child`, which gets `given` as its input.

    Raises Died, and TimeoutError after so many seconds. Nothing that the process started outlives it.
    """
    # -P and -I: a module beside the program must not stand in for one of Python's own.
    flags = ["-I"] if environ is None else ["-P", "-B"]
    command = [sys.executable, *flags, str(Path(child.__file__)), *task]
    process = subprocess.Popen(  # noqa: S603 (our own program; what sources.yml says are arguments like any other)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=None if environ is None else dict(environ),
        start_new_session=True,
    )
    taken = bytearray()
    pipes = cast(BinaryIO, process.stdin), cast(io.BufferedReader, process.stdout)
    talk = threading.Thread(target=_talk, args=(*pipes, given, taken), daemon=True)
    talk.start()
    talk.join(seconds)
    is_late = talk.is_alive()
    _end(process)
    if is_late:
        raise TimeoutError
    *lines, last = bytes(taken).splitlines() or [b""]
    if last != b'"whole"':
        raise Died
    return [json.loads(line, object_hook=_untagged) for line in lines]


def _talk(ears: BinaryIO, mouth: io.BufferedReader, given: bytes, taken: bytearray) -> None:
    """Give the process its input and take what it says, until it is silent or says too much."""
    with suppress(BrokenPipeError), ears:
        ears.write(given)
    while len(taken) <= LARGEST_ANSWER and (piece := mouth.read1(2**20)):
        taken += piece


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with everything it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # it has ended already
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _untagged(tagged: dict[str, str]) -> object:
    """The cell that `child` tagged; of other kinds only the name of the type is known, which no column holds."""
    match tagged:
        case {"moment": moment}:
            return datetime.fromisoformat(moment)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"number": number}:
            return Decimal(number)
    return tagged
