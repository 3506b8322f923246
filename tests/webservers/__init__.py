"""A real nginx and a real Apache for tests: found or installed, started for them alone, and gone afterwards."""
