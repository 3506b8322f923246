"""`kawaraban init`: a small newsletter of a fictional company that builds at once and is replaced bit by bit."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.errors import Rejected
from generator.model.finding import Family, Text
from generator.scaffold.placeholders import fill, site_values
from generator.scaffold.refusals import not_writable, readable_title, refusal

STARTER = Path(__file__).parent / "starter"
_BEGUN = ".kawaraban-init"
"""Where a new site is written before it is put in place; one that was stopped by force leaves it behind."""
_MAY_BE_THERE = frozenset({".git", ".venv", _BEGUN})
"""What people have made before they come to us, a repository and the environment Kawaraban runs in; and what we began."""


def create_site(folder: Path, *, title: str, today: date) -> list[Path]:
    """Write a new site into `folder` (made if absent) and return its files, in order of their paths.

    Depends on its arguments and on Kawaraban's version alone. Raises Rejected, with nothing written, when
    `folder` is a file or holds anything but `.git` and `.venv`, or when the title is unusable.
    """
    values = site_values(readable_title(title), today)
    _must_be_free(folder)
    texts = {template.relative_to(STARTER): fill(template.read_text("utf-8"), values) for template in starter_files()}
    begun = folder / _BEGUN
    try:
        shutil.rmtree(begun, ignore_errors=True)
        _write(texts, begun)
        # A folder with half a site would be refused the next time: all of it is put in place in a moment.
        for entry in sorted(begun.iterdir()):
            entry.rename(folder / entry.name)
    except OSError as error:
        raise not_writable(folder, error) from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    return [folder / name for name in texts]


def _write(texts: Mapping[Path, str], folder: Path) -> None:
    for name, text in texts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def starter_files() -> list[Path]:
    """The files a new site is made of."""
    return sorted(path for path in STARTER.rglob("*") if path.is_file())


def _must_be_free(folder: Path) -> None:
    try:
        there = sorted(path.name for path in folder.iterdir() if path.name not in _MAY_BE_THERE)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise _not_a_folder(folder) from None
    except OSError as error:
        raise not_writable(folder, error) from error
    if there:
        raise _not_empty(folder, there)


def _not_a_folder(folder: Path) -> Rejected:
    return refusal(
        Family.SETTINGS,
        "not-a-folder",
        folder,
        Text("同じ名前のファイルがあるので、フォルダーをつくれません", "a file of this name is in the way"),
        Text("別の名前を指定してください", "give another name"),
    )


def _not_empty(folder: Path, there: list[str]) -> Rejected:
    shown = ", ".join(f"`{name}`" for name in there[:3])
    more_ja, more_en = (f" ほか{len(there) - 3}件", f" and {len(there) - 3} more") if len(there) > 3 else ("", "")
    return refusal(
        Family.SETTINGS,
        "folder-not-empty",
        folder,
        Text(
            f"フォルダーが空ではありません（{shown}{more_ja}）。上書きを避けるため、何も書きませんでした",
            f"the folder is not empty ({shown}{more_en}); nothing was written, so that nothing is overwritten",
        ),
        Text("新しいフォルダーの名前を指定してください", "give the name of a new folder"),
    )
