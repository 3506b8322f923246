"""measure: from snapshots of rows about people to counts of people, by month and department.

A tour:

- `departments`    content/data/departments.csv: which departments there were, when, and what became of them
- `metrics_file`   content/data/metrics.yml: what is measured; every name in it is looked up before anything is counted
- `warehouse`      the snapshots in one in-memory DuckDB that can reach nothing else
- `condition`      an SQL condition from metrics.yml: one pure expression over one table, or a finding
- `calendar`       which days a figure of a month counts, and which of them are business days
- `kinds`          how each kind of metric is counted: share, stickiness, retention, eNPS, …
- `months`         which months can be told: those that are over and covered
- `waiting`        those that are over and not covered yet
- `statement`      the one SQL statement of a metric: every month and department in one go
- `counting`       what comes back of it
- `targets`        each department's own target
- `judging`        figures that cannot be: unknown departments, doubled people, old data
- `checks`         the conditions that a metric declares of its own figures
- `comparing`      two sources that should say the same
- `anomalies`      figures that jump or vanish, which wait until somebody has accepted them (`generator.accepted`)
- `measuring`      the verb itself

Rows about people live in `warehouse` and end there: only counts leave this folder.
"""

from generator.measure.measuring import measure

__all__ = ["measure"]
