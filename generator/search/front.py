"""The two files that every query needs: what there is to choose from, and the lists of all chunks and pages.

Their names stay, so a browser asks each time whether they are still the same, for both at once; everything else it may
keep. `search/index.json` is what the leak check of `verify` reads like every text:

    {"shards": [[slots, log2 of chunks], …], "lists": "<8 digits>",
     "kinds": […], "last": [numbers of kinds], "departments": […], "groups": [[numbers of departments], …], "synonyms": [[words], …],
     "parts": [[slot, slot of the page's first part], …]}

`search/index.bin`: four bytes, the same as `lists`, by which a browser sees that both are of one build; then, deflated,
one column after the other:

    4 × chunks      of the digest of each chunk of all shards; zeros for an empty one
    u8 × chunks     its size in steps of 128 bytes, 255 for all that is larger; by it a browser chooses which pairs of a
                    long word to look up
    slots / 8       bitmap of the slots of all shards that have a page, n of them; the rest in the order of slots:
    4 × n           of the digest of the page's file
    u16 × n         day: since 2000-01-01, 0 when unknown; the low bytes of all, then the high ones
    u16 × n         number of its departments' group, likewise
    u8 × n          number of its kind
    u8 × n          UTF-16 units of its folded title, at most 255
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from generator.search.columns import deflated
from generator.search.postings import bitmap_of, packed
from generator.search.state import FOLDER, State, digest_of, is_later_part, url_of, versions_in_paths

INDEX, LISTS = f"{FOLDER}index.json", f"{FOLDER}index.bin"
_SIZE_STEP = 128  # bytes
_NONE = "0" * 16
"""In place of the digest of an empty chunk."""


def front_files(state: State, last_kinds: Collection[str]) -> Iterator[tuple[str, str, bytes]]:
    """Path, digest and bytes of both. Of pages that have what is typed in the same place, those of `last_kinds` are last."""
    rows = list(state.rows.values())
    kinds = sorted({row.kind for row in rows})
    groups = sorted({row.departments for row in rows})
    departments = sorted({name for group in groups for name in group})
    kind_number, group_number = ({value: n for n, value in enumerate(values)} for values in (kinds, groups))
    columns = (
        versions_in_paths(chunk.digest if chunk else _NONE for chunk in state.chunks),
        bytes(min(-(-chunk.size // _SIZE_STEP), 255) if chunk else 0 for chunk in state.chunks),
        bitmap_of((row.slot for row in rows), state.shards.capacity),
        versions_in_paths(row.file for row in rows),
        _low_and_high(row.day for row in rows),
        _low_and_high(group_number[row.departments] for row in rows),
        bytes(kind_number[row.kind] for row in rows),
        bytes(row.title_length for row in rows),
    )
    lists = deflated(columns)
    version = versions_in_paths([digest_of(lists)])
    number_of = {name: number for number, name in enumerate(departments)}
    index = {
        "shards": [[shard.capacity, shard.bits] for shard in state.shards.each],
        "lists": version.hex(),
        "kinds": kinds,
        "last": [number for number, kind in enumerate(kinds) if kind in last_kinds],
        "departments": departments,
        "groups": [[number_of[name] for name in group] for group in groups],
        "synonyms": state.synonyms,
        "parts": [[row.slot, state.rows[url_of(name)].slot] for name, row in state.rows.items() if is_later_part(name)],
    }
    told = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    for path, content in ((LISTS, version + lists), (INDEX, told)):
        yield path, digest_of(content), content


def _low_and_high(numbers: Iterable[int]) -> bytes:
    both = packed("H", list(numbers))
    return both[0::2] + both[1::2]
