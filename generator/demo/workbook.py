"""The targets as a colleague keeps them in Excel: a title above the header, percentages, gaps.

A workbook is a zip of XML parts; the six needed here are written by hand because the demo may use the standard
library only. They are stored uncompressed with a fixed date, so the bytes are the same on every machine.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from generator.demo.company import DEPARTMENTS, ONE_ON_ONE_TARGET, SLACK, SLACK_TARGET

HEADER = ("部署コード", "部署名", "人員数", "チャット目標", "1on1目標", "開発チャット目標")

NOTE = (
    "人員数は2026年10月末の対象者(正社員・契約社員・嘱託、休職を除く)です。"
    "目標は対象者に占める割合で、空欄は対象外を表します。"
)

Cell = str | int | float | None
"""Text, a count, a fraction shown as percent, or an empty cell."""


def files() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the one file."""
    targets: list[Sequence[Cell]] = [
        (
            department.id,
            department.name,
            department.headcount,
            department.chat_target,
            ONE_ON_ONE_TARGET,
            SLACK_TARGET if department.id in SLACK else None,
        )
        for department in DEPARTMENTS
    ]
    sheets: dict[str, Sequence[Sequence[Cell]]] = {
        "目標": [("2026年度 部署別の目標",), (), HEADER, *targets],
        "説明": [(NOTE,)],
    }
    yield "targets.xlsx", _workbook(sheets)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PERCENT = 1  # index of the cell format with number format 9, "0%"

_STYLES = (
    '<fonts count="1"><font><sz val="11"/><name val="Yu Gothic"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def _workbook(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return an .xlsx file with one worksheet for each name."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
        )
        + "</Types>",
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{_STYLES}</styleSheet>',
    }
    for n, rows in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = _worksheet(rows)
    return _zip(parts)


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    """Return a relationships part; the nth (kind, target) gets the identifier rIdn."""
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _worksheet(rows: Sequence[Sequence[Cell]]) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + i)}{n}", value) for i, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(place: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    style = f' s="{_PERCENT}"' if isinstance(value, float) else ""
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def _zip(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 11, 2, 9, 0, 0))
            entry.create_system = 3  # else the field names the system it was written on
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')
    return buffer.getvalue()
