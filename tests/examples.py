"""How many examples a property is tried with: few in the suite, more where somebody has the time."""

from __future__ import annotations

import os

from hypothesis import settings

TIMES = int(os.environ.get("KAWARABAN_EXAMPLES", "1"))
"""For a long run: `KAWARABAN_EXAMPLES=100 pytest tests/measure` tries a hundred times as many."""


def few(count: int) -> settings:
    """So many examples in the suite."""
    return settings(max_examples=count * TIMES)
