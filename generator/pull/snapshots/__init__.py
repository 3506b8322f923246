"""Rows on the disk: written once, found damaged or whole, never changed.

- `parquet`   one file of typed rows
- `store`     the newest snapshots of a source, and what they were made of
"""
