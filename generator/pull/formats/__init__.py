"""From bytes to raw cells, strictly; what a cell means is not known here.

- `text` `delimited`   characters, and the lines that CSV makes of them
- `json_rows`          JSON objects
- `workbook`           Excel, which can do harm: `workbook_guard` and `xls_guard` (with `compound_file`) look first
- `header`             columns are found by name in all of them
"""
