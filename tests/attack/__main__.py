"""The long run, `make attack`: 24 releases, 10,000 random tables and 2,000 companies against the protection of today."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.attack.attacker import attack, exposed_by_difference
from tests.attack.company import MIN_GROUP, Company, releases
from tests.attack.private_companies import published as published_of
from tests.attack.private_companies import random_company
from tests.attack.private_worlds import exposed, exposed_to_insider
from tests.attack.published import Site
from tests.attack.tables import published, random_table
from tests.attack.test_attack import is_sound, publish
from tests.attack.test_private_sizes import insider_of


def main(arguments: list[str]) -> int:
    """Attack, print what was learned, and return 1 when anybody was exposed."""
    parser = argparse.ArgumentParser(prog="make attack", description=__doc__)
    parser.add_argument("--releases", type=int, default=24)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--companies", type=int, default=2_000)
    options = parser.parse_args(arguments)
    return int(_tables(options.tables) + _companies(options.companies) + _releases(options.releases) > 0)


def _tables(count: int) -> int:
    cells = protected = narrow = 0
    for seed in range(count):
        table = random_table(seed)
        learned = attack([published(table)], table.min_group)
        if not is_sound(learned, table.counts):
            raise AssertionError(f"the attacker reasons wrongly about table {seed}")
        cells += len(learned.bounds)
        protected += len(learned.protected)
        narrow += len(learned.narrower_than(table.min_group - 1))
    _tell(f"{count} tables: {cells} cells, {protected} protected, {narrow} narrower than allowed")
    return narrow


def _companies(count: int) -> int:
    told = hidden = narrow = 0
    for seed in range(count):
        company = random_company(seed)
        cells = published_of(company)
        found = [*exposed(company, cells), *exposed_to_insider(company, cells, insider_of(company, seed))]
        told += len(cells)
        hidden += sum(cell.value is None for cell in cells.values())
        narrow += len(found)
        if found:
            _tell(f"company {seed}: {found[0]}")
    _tell(f"{count} companies of private sizes: {told} cells, {hidden} hidden, {narrow} narrower than allowed")
    return narrow


def _releases(count: int) -> int:
    company, sites = Company(seed=1, months=count), list[Site]()
    narrow = 0
    with tempfile.TemporaryDirectory(prefix="kawaraban-attack-") as name:
        for release in releases(company):
            sites.append(publish(company, Path(name), release))
            found = attack(sites, MIN_GROUP).narrower_than(MIN_GROUP - 1)
            narrow += len(found)
            _tell(f"release of {release}: {len(found)} narrower than allowed {sorted(found)[:3] or ''}")
    differing = exposed_by_difference(sites, MIN_GROUP)
    _tell(f"{count} releases: {narrow} narrower than allowed, {len(differing)} exposed by a difference")
    return narrow + len(differing)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
