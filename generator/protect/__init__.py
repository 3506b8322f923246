"""protect: measured figures in, released figures out. Nothing behind this step knows a count of few people.

Read in this order:

- `primary`: what one cell may say, judged from its two counts alone.
- `sayings`: the words it has instead, wider and wider, and the counts that each of them leaves open.
- `system`, `programme`: how many people of each group there may be, given all that is said; `audit`: where that is
  too little.
- `secondary`: which other cells say less, so that what is hidden stays hidden.
- `grouped`, `responses`: the same for figures that divide by a number nobody may know (surveys, retention, …).
- `months`: the table of a metric's month, with what earlier releases have said of the same people (`model.ledger`).
- `release`: the released figures made of those decisions, with the change to the month before.

**The attacker** reads everything ever published (pages, files, feeds: all of it says what `ReleasedFigure` says, and
bars, ranks, changes, targets reached and sentences are made from its integers), knows who belongs to which department
on which day, knows these rules, and may be one of the people counted. Everything published of one metric and month
is one system of equations:

- the headcount of every cell, hidden ones too, is published and taken as known;
- an integer percent leaves the counts that round to it, between k and N − k; a band leaves those it spans, one of the
  primary rules exactly k; silence leaves all;
- the company is the sum of its departments and of those who belong to no published one;
- earlier releases of the same month (corrected data, another rule) bind in the same way where the people are the
  same; where some came or went since, these are a group of their own, which must be as safe as a department.

Of a protected cell, those hidden for others' sake included, at least k counts remain possible (all, where fewer
than k people are counted); doing and not doing count alike, since the headcount is known. The hidden departments of a
company, taken together, are a group like any other. Somebody who knows one person's value is left with k − 1.

Figures with groups (`model.figure`) are safe against more: whoever knows the company and every shown department exactly
(and, besides, who answered, is new, or used either) still finds k counts of each group in a hidden department.

**Months do not bind each other.** A person active in May need not be in June: the counts are of other things, and no
equation holds between them, however few people came or went. Hiding whatever differs by few people would hide nearly
every department every month and protect nobody from anything certain. A metric that counted *whoever has ever done it*
would bind them, and would have to be added to `months`.

**What is not protected against**: guesses that are likely and not certain (who did it last month does it again);
knowledge of several people who work together; what the choice of the cells that say less gives away to somebody who
recomputes it for every world; the difference between two definitions of one metric, or between two metrics that count
nearly the same; small shown groups, where the percent of under about a hundred people tells the count: both sides of it
have at least k. Without its ledger (a new machine) a release is safe in itself and is not compared with earlier ones;
nor are figures with groups, so a correction by few people can be worked out where both releases show the figure. That a
company's response is missing tells that few of all were silent, who are then few in each department.
"""

from __future__ import annotations

from msgspec import Struct

from generator.model.figure import MeasuredFigures, ReleasedFigures
from generator.model.finding import Finding
from generator.model.ledger import Ledger, ToldMonth
from generator.protect.deciding import decided
from generator.protect.explaining import Reason, reasons, reasons_by_groups
from generator.protect.refusals import exposed, impossible_counts, kept_as_published, not_a_partition
from generator.protect.release import release

__all__ = ["Protected", "Reason", "explain", "protect"]


class Protected(Struct, frozen=True):
    """What may be published, and what the ledger keeps of it once it is."""

    released: ReleasedFigures
    told: tuple[ToldMonth, ...]
    findings: tuple[Finding, ...]


def protect(measured: MeasuredFigures, ledger: Ledger | None = None) -> Protected:
    """Release what may be shown of each measured cell, with the `min_group` of its metric.

    The result depends on the cells and the ledger alone, not on their order. What cannot be protected is named in the
    findings of the family PRIVACY, with which nothing may be published: impossible counts, departments that are no parts
    of the company, months in which the audit finds no way. A month that stays as it was published is a warning.
    """
    refused = impossible_counts(measured.cells)
    possible = [cell for cell in measured.cells if cell not in refused]
    months = decided(possible, measured.metrics, ledger or Ledger())
    findings = (*refused.values(), *not_a_partition(possible), *exposed(months), *kept_as_published(months))
    return Protected(release(measured, possible, months), tuple(month.told for month in months), findings)


def explain(measured: MeasuredFigures, ledger: Ledger | None = None) -> list[Reason]:
    """Why each cell that says less than its percent does so, for the operator only: it tells what is protected."""
    refused = impossible_counts(measured.cells)
    possible = [cell for cell in measured.cells if cell not in refused]
    found = [
        *reasons(decided(possible, measured.metrics, ledger or Ledger())),
        *reasons_by_groups(possible, measured.metrics),
    ]
    return sorted(found, key=lambda reason: (reason.metric, reason.period))
