"""What one build leaves for the next, and what tells whether it still holds.

Results, by digests of everything they were made from
    store.py         bytes by kind and name in one SQLite file; damaged or deleted, it is simply empty
    table.py         records by name, of which only those that changed are written
    records.py       our own plain objects as bytes and back, and nothing else: no bytes can make it run code
    fingerprint.py   one digest for the code and the libraries that make a page

Rows
    sealed.py        those about people, sealed with the operator's key where there is one
    database.py      the DuckDB that kept rows are stored and read with in passing

Files
    sight.py         how everything below some folders looked at one moment, asked of the system once
    file_clock.py    when a file can be known by its size and times alone

Results are named by a digest of what they depend on: what is not asked for by the name of today is not found. Notes
about the last build carry the facts that they rely on, and who reads them compares.
"""
