"""Each department's own target, where metrics.yml names a source for it."""

from __future__ import annotations

from generator.declared.marks import Marks
from generator.measure.warehouse import Warehouse, quoted
from generator.model.finding import Finding, Text, nearest
from generator.model.metric import Metric, percent_of
from generator.model.organisation import Organisation


def department_targets(
    metric: Metric, organisation: Organisation, marks: Marks, warehouse: Warehouse
) -> tuple[dict[str, int], list[Finding]]:
    """Department → target in percent; departments with an empty cell have the company's."""
    per_department = metric.target.per_department if metric.target else None
    if per_department is None:
        return {}, []
    at = ("metrics", metric.name, "target", "per_department")
    known = [department.id for department in organisation.departments]
    targets: dict[str, int] = {}
    findings = []
    rows = warehouse.query(
        f"SELECT DISTINCT {quoted(per_department.department)}::VARCHAR, {quoted(per_department.value)}::VARCHAR "  # noqa: S608 -- see `quoted`
        f"FROM {quoted(per_department.source)} WHERE {quoted(per_department.value)} IS NOT NULL ORDER BY ALL"
    )
    for department, value in ((str(name), str(value)) for name, value in rows):
        problem = _problem(department, value, known, targets)
        if problem is not None:
            findings.append(marks.finding("bad-target", at, *problem))
        else:
            targets[department] = percent_of(value)
    return targets, findings


def _problem(department: str, value: str, known: list[str], targets: dict[str, int]) -> tuple[Text, Text] | None:
    if department not in known:
        what = Text(
            f"目標の表の部署 `{department}` がありません", f"there is no department `{department}` to have a target"
        )
        return what, nearest(department, known)
    if department in targets:
        what = Text(f"部署 `{department}` の目標が2つあります", f"department `{department}` has two targets")
        return what, Text("1つにしてください", "leave one of them")
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        what = Text(
            f"部署 `{department}` の目標 `{value}` は0から1までの割合ではありません",
            f"the target `{value}` of department `{department}` is not a share from 0 to 1",
        )
        return what, Text("80% は `0.8` か、書式が % のセルで書いてください", "write 80 % as `0.8`")
    return None
