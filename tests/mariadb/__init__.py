"""A real MariaDB for tests: found or installed, started for them alone, and gone afterwards."""
