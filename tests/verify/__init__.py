"""Tests of `generator.verify` on small folders written for each case."""
