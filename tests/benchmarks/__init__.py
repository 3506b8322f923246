"""Benchmarks against other generators; run by `make bench`, never collected with the tests."""
