"""Rows out of a database, through SQLAlchemy: one SELECT, bound values, nothing written, an end to every wait.

- `sql_source`   the kind `sql`, as sources.yml declares it
- `database`     one question to a database, its rows as they come
- `dialects`     how each kind of database is told to only read, and for how long
- `failures`     what drivers raise, as one sentence without the query's values and without the address
"""
