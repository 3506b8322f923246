"""A real PostgreSQL for tests: found or installed, started for them alone, and gone afterwards."""
