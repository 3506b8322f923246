"""`make bench`: this project, stock MkDocs + Material and Hugo build the same newsletter, turn by turn."""

from __future__ import annotations

import argparse
import sys

from tests.benchmarks.contestants import CONTESTANTS, KAWARABAN
from tests.benchmarks.report import growth, table
from tests.benchmarks.rounds import Step, run_rounds

LARGE = 5_000  # articles from which on three rounds must do
GROWTH = (5_000, 20_000)


def main(arguments: list[str]) -> int:
    """Measure and print; return the exit code."""
    options = _options(arguments)
    contestants = [CONTESTANTS[name] for name in options.only]
    for size in options.sizes:
        rounds = options.rounds or (3 if size >= LARGE else 5)
        results = run_rounds(size, contestants, rounds, list(Step), _tell)
        sys.stdout.write(f"{table(size, rounds, results)}\n\n")
        sys.stdout.flush()
    if options.growth:
        cold = {size: run_rounds(size, [KAWARABAN], options.rounds or 3, [Step.COLD], _tell) for size in GROWTH}
        sys.stdout.write(f"{growth(*GROWTH, cold)}\n")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default=[200, 1_000, 5_000], help="how many articles: 200,1000")
    parser.add_argument("--rounds", type=int, help="how often; 5 by default, 3 from 5,000 articles on")
    parser.add_argument("--only", type=_names, default=list(CONTESTANTS), help=f"of {','.join(CONTESTANTS)}")
    parser.add_argument("--growth", action="store_true", help="also 20,000 articles against 5,000, cold, only ours")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in CONTESTANTS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(CONTESTANTS)}")
    return names


def _tell(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
