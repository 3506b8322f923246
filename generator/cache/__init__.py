"""What one build leaves for the next: results by digests of everything they were made from.

    store.py         bytes by kind and name in one SQLite file; damaged or deleted, it is simply empty
    records.py       our own plain objects as bytes and back, and nothing else: no bytes can make it run code
    fingerprint.py   one digest for the code and the libraries that make a page

A name is a digest of what the result depends on, so nothing here is ever out of date: what is not asked for by the
name of today is not found.
"""
