"""Each vendor's own format, spoken by a real server on loopback."""
