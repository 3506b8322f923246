"""`python -m generator.demo [DIR]`: write the demo company's exports (default: content/data/exports)."""

import sys
from pathlib import Path

from generator.demo.write import write

DEFAULT = Path("content/data/exports")


def main(arguments: list[str]) -> int:
    """Write the exports and say so; return the exit code."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.stderr.write("Usage: python -m generator.demo [DIR]\n")
        return 2
    folder = Path(arguments[0]) if arguments else DEFAULT
    written = write(folder)
    sys.stdout.write(f"{folder}: {written} files written\n" if written else f"{folder}: up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
