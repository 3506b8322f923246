"""measure: from snapshots of rows about people to counts of people, by month and department.

A tour:

- `departments`    content/data/departments.csv: which departments there were, when, and what became of them
- `metrics_file`   content/data/metrics.yml: what is measured; every name in it is looked up before anything is counted
- `warehouse`      the snapshots in one in-memory DuckDB that can reach nothing else
- `condition`      an SQL condition from metrics.yml: one pure expression over one table, or a finding
- `counting`       distinct people over headcount on the last day, all months in one go
- `targets`        each department's own target
- `judging`        figures that cannot be: unknown departments, doubled people, failed checks, old data
- `measuring`      the verb itself

Rows about people live in `warehouse` and end there: only counts leave this folder.
"""

from generator.measure.measuring import measure

__all__ = ["measure"]
