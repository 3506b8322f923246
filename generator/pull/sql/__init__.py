"""Databases, through SQLAlchemy: one SELECT, bound values, nothing written, an end to every wait.

- `database`    one question to a database, its rows as they come
- `dialects`    how each kind of database is told to only read, and for how long
- `only_read`   the same for SQLite, whose files the kind `sqlite` opens without SQLAlchemy
- `failures`    what drivers raise, as one sentence without the query's values and without the address
"""
