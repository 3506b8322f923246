"""`make bench-figures`: a site from millions of usage rows, and the same figures by DuckDB, Polars and pandas alone."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.figures.contestants import CONTESTANTS
from tests.benchmarks.figures.rows import BUILD_DAY, Size
from tests.benchmarks.figures.site import Form, add_month, write_site
from tests.benchmarks.process import Cost, cost_of

ROOT = Path(__file__).parents[3]
MONTHS = 36
FORMS: tuple[Form, ...] = ("parquet", "csv")


def main(arguments: list[str]) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-figures", description=__doc__)
    parser.add_argument("--site", type=int, default=4_000_000, help="rows of the site that is built; 0 for none")
    parser.add_argument("--rows", type=int, nargs="*", default=[5_000_000, 100_000_000], help="rows to count")
    parser.add_argument("--folder", type=Path, help="where there is room for 5 GB; the temporary folder by default")
    options = parser.parse_args(arguments)
    _say("| rows | form | what | seconds | CPU seconds | MB |\n|---:|---|---|---:|---:|---:|")
    for form in FORMS:
        if options.site:
            _builds(Size.of(options.site, MONTHS), form, options.folder)
        for rows in options.rows:
            _counts(Size.of(rows, MONTHS), form, options.folder)
    return 0


def _builds(size: Size, form: Form, parent: Path | None) -> None:
    """A site of 24 departments: all at once, and with one month more."""
    with tempfile.TemporaryDirectory(dir=parent) as temporary:
        folder = Path(temporary) / "site"
        last = size.each()[-1]
        _apart(write_site, folder, size, form)
        build = [sys.executable, "-m", "generator.cli", "build", "--now"]
        _row(size, form, "build, first", _cost([*build, f"{last}-20"], folder))
        _apart(add_month, folder, size, form, last)
        _row(size, form, "build, a month more", _cost([*build, BUILD_DAY], folder))
        _row(size, form, "build, nothing new", _cost([*build, BUILD_DAY], folder))


def _counts(size: Size, form: Form, parent: Path | None) -> None:
    """The figures alone, by every contestant; ours a second time when the rows are pulled."""
    with tempfile.TemporaryDirectory(dir=parent) as temporary:
        folder = Path(temporary) / "site"
        _apart(write_site, folder, size, form)
        _apart(add_month, folder, size, form, size.each()[-1])
        for name in CONTESTANTS:
            command = [sys.executable, "-m", "tests.benchmarks.figures.contestants", name, str(folder), form]
            _row(size, form, "kawaraban, pulling" if name == "kawaraban" else name, _cost(command, folder))
            if name == "kawaraban":
                _row(size, form, name, _cost(command, folder))
        shutil.rmtree(folder)


def _apart(write: Callable[..., object], *what: object) -> None:
    """Write in a process of its own: the peak of a command counts from what the process was that started it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        apart.submit(write, *what).result()


def _cost(command: Sequence[str], folder: Path) -> Cost:
    return cost_of(command, cwd=folder, environment={"PYTHONPATH": str(ROOT)}, accepted=(0, 3))


def _row(size: Size, form: Form, what: str, cost: Cost) -> None:
    _say(f"| {size.rows:,} | {form} | {what} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.0f} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
