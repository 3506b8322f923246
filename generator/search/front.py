"""The files that a first query loads: what there is to choose from, the names of all chunks, and a line for each page.

`search/index.json` is the only file whose name stays; a browser asks for it anew, everything else it may keep:

    {"capacity": 16384, "bits": 12, "names": "<8 digits>", "pages": "<8 digits>",
     "kinds": […], "departments": […], "groups": [[numbers of departments], …], "synonyms": [[words], …],
     "parts": [[slot, slot of the page's first part], …]}

`search/names-<names>.bin`: five bytes a chunk: four of its digest and its size in steps of 128 bytes (255 for all that is
larger); zeros for an empty one. By the sizes a browser chooses which pairs of a long word to look up.

`search/pages-<pages>.bin`, deflated, one column after the other, in the order of slots:

    capacity / 8    bitmap of the slots that have a page, n of them
    4 × n           of the digest of the page's file
    u16 × n         day: since 2000-01-01, 0 when unknown
    u16 × n         number of its departments' group
    u8 × n          number of its kind
    u8 × n          UTF-16 units of its folded title, at most 255
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.search.chunks import bits_for, deflated
from generator.search.postings import packed
from generator.search.state import FOLDER, Chunk, State, digest_of, front_path, url_of, version_in_path

INDEX = f"{FOLDER}index.json"
_SIZE_STEP = 128  # bytes


def front_files(state: State) -> Iterator[tuple[str, str, bytes]]:
    """Path, digest and bytes of each of the three."""
    rows = list(state.rows.values())
    kinds = sorted({row.kind for row in rows})
    groups = sorted({row.departments for row in rows})
    departments = sorted({name for group in groups for name in group})
    names = b"".join(map(_name, state.chunks))
    occupied = bytearray(state.capacity // 8)
    for row in rows:
        occupied[row.slot >> 3] |= 1 << (row.slot & 7)
    kind_number, group_number = ({value: n for n, value in enumerate(values)} for values in (kinds, groups))
    columns = (
        bytes(occupied),
        b"".join(version_in_path(row.file) for row in rows),
        packed("H", [row.day for row in rows]),
        packed("H", [group_number[row.departments] for row in rows]),
        bytes(kind_number[row.kind] for row in rows),
        bytes(row.title_length for row in rows),
    )
    pages = deflated(b"".join(columns))
    names_digest, pages_digest = digest_of(names), digest_of(pages)
    yield front_path("names", names_digest), names_digest, names
    yield front_path("pages", pages_digest), pages_digest, pages
    number_of = {name: number for number, name in enumerate(departments)}
    index = {
        "capacity": state.capacity,
        "bits": bits_for(state.capacity),
        "names": names_digest[:8],
        "pages": pages_digest[:8],
        "kinds": kinds,
        "departments": departments,
        "groups": [[number_of[name] for name in group] for group in groups],
        "synonyms": state.synonyms,
        "parts": [
            [row.slot, state.rows[url_of(name)].slot] for name, row in state.rows.items() if url_of(name) != name
        ],
    }
    content = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    yield INDEX, digest_of(content), content


def _name(chunk: Chunk | None) -> bytes:
    if chunk is None:
        return bytes(5)
    return version_in_path(chunk.digest) + bytes([min(-(-chunk.size // _SIZE_STEP), 255)])
