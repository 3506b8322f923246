"""Faults F1 to F28 of the fault model, as far as pulling meets them, each against a real server or real files."""
