"""All checks, in the order in which people would put things right."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.doctor import clock, folders, machine
from generator.doctor.check import Check
from generator.doctor.declared import read_declared
from generator.effects import Effects


def examine(config_file: Path, effects: Effects | None = None, *, encoding: str | None = None) -> list[Check]:
    """Look at this machine and at the site of `config_file`.

    `encoding` is the terminal's; that of standard output when absent. Never raises for what it finds:
    where mkdocs.yml cannot be read, the rest is judged by the defaults.
    """
    effects = effects or Effects()
    site = read_declared(config_file)
    now = clock.moment(effects)
    checks = [
        machine.python(sys.version_info[:3]),
        machine.packages(),
        *([machine.material(now.date())] if now else []),
        machine.terminal(encoding or sys.stdout.encoding or "utf-8"),
        machine.time_zone(site.options.timezone),
        folders.configuration(site),
        clock.plausible(site, now, effects.environ),
    ]
    if site.root.is_dir():
        checks += [
            folders.private_folder(site),
            folders.writable(site.root, site.private),
            folders.links(site.root),
            folders.disk(site.root),
            folders.samples(site),
        ]
    return checks
