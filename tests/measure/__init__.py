"""Snapshots into figures: definitions, traps, and laws that counts obey."""
