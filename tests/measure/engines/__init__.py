"""The same definitions on engines that are not DuckDB."""
