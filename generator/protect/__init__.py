"""protect: measured figures in, released figures out. Nothing behind this step knows a count of few people.

Read in this order:

- `primary`: what one cell may say, judged from its two counts alone.
- `release`: the released figures made of those judgements, with the change to the month before.

The judgements lie between the two as a plain mapping. An audit over all cells together (what can be computed
from several of them, or from earlier issues) takes its place there: it may only turn shown cells into hidden ones.

**What the primary rules do not protect against.** They look at one cell at a time, so they do not see

- subtraction: a hidden department follows roughly from the company's figure and all other departments,
- differences in time: two months between which one person joined or left,
- rounding in groups under about a hundred people, where a shown percent tells the count exactly. That count
  and its complement are both at least `min_group`, and this is the documented limit of the rules.
"""

from __future__ import annotations

from generator.model.figure import MeasuredFigures, ReleasedFigures
from generator.model.finding import Finding
from generator.protect.primary import judge
from generator.protect.release import impossible_counts, release

__all__ = ["protect"]


def protect(measured: MeasuredFigures) -> tuple[ReleasedFigures, list[Finding]]:
    """Release what may be shown of each measured cell, with the `min_group` of its metric.

    The result depends on the cells alone, not on their order. A cell whose counts are impossible cannot be
    protected: it is left out of the result and named in the findings (`privacy/impossible-counts`).
    """
    refused = impossible_counts(measured.cells)
    possible = [cell for cell in measured.cells if cell not in refused]
    judged = {cell: judge(cell, measured.metrics[cell.metric].privacy.min_group) for cell in possible}
    return release(measured, judged), list(refused.values())
