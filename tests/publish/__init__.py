"""Tests of `generator.publish` on real directories."""
