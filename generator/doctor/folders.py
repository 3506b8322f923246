"""What mkdocs.yml says, and whether the site's folders allow what Kawaraban does with them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from generator import git
from generator.doctor.check import Check
from generator.doctor.declared import Declared
from generator.model.finding import Text
from generator.scaffold import samples_left

ROOM = 500 * 2**20
"""Bytes that a site of some thousand pages, its snapshots and the build beside it take."""


def configuration(site: Declared) -> Check:
    """Whether mkdocs.yml can be read and names a folder of pages that is there."""
    problem = site.problem
    remedy = Text(
        "瓦版のフォルダーで実行するか、`-f` で設定ファイルを指定してください。新しくつくるなら `kawaraban init DIR`",
        "run it in a newsletter's folder or name the file with `-f`; `kawaraban init DIR` makes a new one",
    )
    if problem is None and site.findings:
        problem, remedy = site.findings[0].what, site.findings[0].remedy
    if problem is None and not site.content.is_dir():
        name = site.content.name
        problem = Text(f"記事のフォルダー `{name}` がありません", f"the folder of pages, `{name}`, is not there")
        remedy = Text("`docs_dir` を実際のフォルダーに合わせてください", "let `docs_dir` name the folder that is there")
    shown = str(site.config_file.name)
    found = Text(shown, shown) if problem is None else Text(f"{shown}: {problem.ja}", f"{shown}: {problem.en}")
    return Check(Text("設定ファイル", "configuration"), problem is None, found, remedy)


def samples(site: Declared) -> Check:
    """Whether anything is left of the fictional company of a new site."""
    left = [path.relative_to(site.root).as_posix() for path in samples_left(site.config_file, site.content)]
    shown = ", ".join(f"`{name}`" for name in left)
    return Check(
        Text("見本のページ", "sample pages"),
        ok=True,
        detail=Text(f"残っています: {shown}", f"left: {shown}") if left else Text("残っていません", "none is left"),
        remedy=Text(
            "公開する前に、自社のものに書き直すか消してください（順番はこのフォルダーの README.md）",
            "make them your own or delete them before you publish (README.md of the folder has an order)",
        ),
        may_stay=bool(left),
    )


def private_folder(site: Declared) -> Check:
    """Whether person-level rows are kept away from the site and from git."""
    name = site.options.private_dir
    ja, en = "", ""
    for folder, label in ((site.content, "docs_dir"), (site.site_dir, "site_dir")):
        if site.private.resolve().is_relative_to(folder.resolve()):
            ja, en = f"`{name}` が `{label}` の中にあります", f"`{name}` lies inside `{label}`"
    if not ja and git.is_ignored(site.root, site.private / "snapshots") is False:
        ja, en = f"`{name}` が git に入る設定です", f"git would take `{name}` in"
    return Check(
        Text("非公開フォルダー", "private folder"),
        not ja,
        Text(ja or name, en or name),
        Text(
            f"`private_dir` をサイトの外に置き、.gitignore に `{name}/` と書いてください",
            f"keep `private_dir` outside both folders and write `{name}/` into .gitignore",
        ),
    )


def writable(root: Path, private: Path) -> Check:
    """Whether files can be made in the site's folder, and in the private one where it is there."""
    tried = {folder: _reason_against(folder) for folder in (root, private) if folder.is_dir()}
    folder, reason = next(((folder, reason) for folder, reason in tried.items() if reason), (root, ""))
    name = f"`{folder.name}`"
    return Check(
        Text("書き込み", "writing"),
        not reason,
        Text(f"{name} に書き込めません（{reason}）", f"not possible in {name}: {reason}")
        if reason
        else Text("できます", "possible"),
        Text(
            "フォルダーの書き込み権限を確かめてください。読み取り専用の場所なら、写しをつくって使ってください",
            "check the folder's permissions; copy it elsewhere if the place is read-only",
        ),
    )


def _reason_against(folder: Path) -> str:
    """Why no file can be made there; empty when one can."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or type(error).__name__


def links(root: Path) -> Check:
    """Whether symbolic links can be made: `kawaraban publish` switches `current` with one."""
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".doctor-") as folder:
            (Path(folder) / "current").symlink_to(folder, target_is_directory=True)
        possible = True
    except (OSError, NotImplementedError):
        possible = False
    return Check(
        Text("シンボリックリンク", "symbolic links"),
        possible,
        Text("つくれます", "possible") if possible else Text("つくれません", "not possible"),
        Text(
            "Windowsでは「開発者モード」を有効にしてください。組み立てには影響せず、`publish` のときに要ります",
            "on Windows, turn on Developer Mode; building works without, `publish` needs them",
        ),
    )


def disk(root: Path, room: int = ROOM) -> Check:
    """Whether at least `room` bytes are free."""
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        free = 0
    shown = f"{free / 2**30:.1f} GB"
    return Check(
        Text("空き容量", "free disk space"),
        free >= room,
        Text(shown, shown),
        Text(f"{room // 2**20} MB以上あけてください", f"make room for at least {room // 2**20} MB"),
    )
