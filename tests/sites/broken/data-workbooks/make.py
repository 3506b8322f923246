"""Workbooks that git should not have to keep."""

import io
import zipfile
from pathlib import Path

PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
WORKBOOK = (
    '{head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>部署</t></is></c><c r="B1" t="inlineStr"><is><t>目標</t></is></c></row>'
    '<row r="2">{cells}</row></sheetData></worksheet>'
)
GOOD = '<c r="A2" t="inlineStr"><is><t>sales</t></is></c><c r="B2"><v>0.8</v></c>'


def workbook(
    cells: str = GOOD, sheet: str = "目標", head: str = "", extra: tuple[tuple[str, bytes], ...] = ()
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/workbook.xml", WORKBOOK.format(head=head, sheet=sheet))
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(cells=cells))
        for name, content in extra:
            archive.writestr(name, content)
    return buffer.getvalue()


def make(root: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    books = {
        "bomb": workbook(extra=(("xl/worksheets/sheet2.xml", b" " * 32 * 2**20),)),
        "far_cell": workbook(GOOD + '<c r="XFD1048576"><v>1</v></c>'),
        "macros": workbook(extra=(("xl/vbaProject.bin", b"x"),)),
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "entity": workbook(head=entity),
        "not_excel": "部署,目標\nsales,0.8\n".encode(),
        "no_sheet": workbook(sheet="目標値"),
        "no_result": workbook('<c r="A2" t="inlineStr"><is><t>sales</t></is></c><c r="B2"><f>0.4*2</f></c>'),
        "codes": workbook('<c r="A2"><v>12</v></c><c r="B2" t="inlineStr"><is><t>８割</t></is></c>'),
    }
    for name, content in books.items():
        (root / "content" / "data" / f"{name}.xlsx").write_bytes(content)
