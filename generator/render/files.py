"""Files written below a folder of ours."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from generator.errors import EngineFailed


def write_file(folder: Path, path: str, content: bytes) -> Path:
    """Write one file of the site; an address can never lead out of its folder, whatever it was made from."""
    if ".." in PurePosixPath(path).parts or path.startswith("/"):
        raise EngineFailed(f"the address {path!r} leads out of the site")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file
