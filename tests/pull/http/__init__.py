"""The careful way out, against a real server on loopback."""
