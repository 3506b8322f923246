"""What `kawaraban doctor` looks at before anybody has to ask why something does not work.

- `machine`: Python, packages, the terminal, time zones.
- `folders`: what mkdocs.yml says, the private folder, permissions, links, room on the disk.
- `clock`: embargoes and deadlines go by the clock, so it must not lie.

A check looks and says; it repairs nothing, and nothing it does is left behind.
"""

from __future__ import annotations

from generator.doctor.check import Check
from generator.doctor.examine import examine

__all__ = ["Check", "examine"]
