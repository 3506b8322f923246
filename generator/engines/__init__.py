"""engines: databases that count for us, where rows about people stay in them and only counts come back.

A tour:

- `connecting`   an address out of an environment variable to an open engine; `Engine` says what one can do
- `postgres` `spark`   the two kinds, through ibis (the extra `remote`), told to only read and for how long
- `dialect`      DuckDB's SQL as the others speak it, with the same meaning: text, numbers and dates compare alike
- `failure`      what went wrong, as one sentence without a row, a query or an address

DuckDB is not here: it counts what lies in files, without a connection (`measure.warehouse`).
"""

from generator.engines.connecting import Engine, connect
from generator.engines.failure import DatabaseFailed

__all__ = ["DatabaseFailed", "Engine", "connect"]
