"""What a command costs, every process that it starts included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in one unit of ru_maxrss


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processors, and the megabytes of the largest process."""

    wall: float
    cpu: float
    peak: float


def surroundings() -> dict[str, str]:
    """The environment of what is measured: Python keeps compiled modules, as it does unless a machine says otherwise."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cost_of(
    command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str], accepted: Sequence[int] = (0,)
) -> Cost:
    """Run `command` to its end. Raises RuntimeError with its output when it fails.

    `wait4` adds up the processor time of all descendants that were waited for and gives the peak of the largest.
    """
    if sys.platform == "win32":
        raise RuntimeError("the benchmarks measure with wait4, which Windows does not have")
    os.sync()  # what the run before wrote is not written at this one's cost
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=cwd, env={**surroundings(), **environment}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            output.seek(0)
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{output.read().decode()[-4000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / 1e6)
