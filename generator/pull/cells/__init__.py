"""One cell: what its column is declared to hold, and the value it stands for, or why it stands for none.

- `column`    what sources.yml says of a column
- `cell`      the judge of a column's cells
- `numbers` `dates` `eras`   the forms that values are written in
"""
