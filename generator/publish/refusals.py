"""Why publishing stopped, in two languages. In every case the site that was served before is still served."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from generator.errors import LockHeld, PublishFailed
from generator.model.finding import Family, Finding, Place, Text
from generator.settings import Settings

_BUILD = Text("`kawaraban build` で作り直してから公開してください", "build with `kawaraban build`, then publish")


def _finding(code: str, path: Path, what: Text, remedy: Text) -> Finding:
    return Finding(Family.PUBLISH, code, Place(path.as_posix()), what, remedy)


def no_site(site_dir: Path) -> PublishFailed:
    what = Text("公開できる紙面がありません（index.html がない）", "there is no site to publish (no index.html)")
    return PublishFailed(_finding("no-site", site_dir, what, _BUILD))


def not_verified(site_dir: Path) -> PublishFailed:
    what = Text("この紙面は検査されていません", "this site was never verified")
    return PublishFailed(_finding("not-verified", site_dir, what, _BUILD))


def changed_since_verified(site_dir: Path) -> PublishFailed:
    what = Text(
        "検査のあとで紙面が変わっています（手で直したか、別の紙面で上書きした）",
        "the site is not the one that was verified (edited by hand, or replaced by another one)",
    )
    return PublishFailed(_finding("changed-since-verified", site_dir, what, _BUILD))


def target_inside_site(target: Path) -> PublishFailed:
    what = Text("公開先が紙面のフォルダーの中にあります", "the target lies inside the site's own folder")
    remedy = Text("別の公開先を指定してください", "name a target outside of it")
    return PublishFailed(_finding("target-inside-site", target, what, remedy))


def target_in_content(target: Path) -> PublishFailed:
    what = Text("公開先が、サイトの元になるフォルダーです", "the target is the folder that the site is made from")
    remedy = Text("サイトの外のフォルダーを指定してください", "name a folder outside the site")
    return PublishFailed(_finding("target-in-content", target, what, remedy))


def no_symbolic_links(target: Path) -> PublishFailed:
    what = Text(
        "この OS では `current` を一度に切り替えられません（シンボリックリンクが必要です）",
        "`current` cannot be switched in one step on this system (it takes symbolic links)",
    )
    remedy = Text("Linux か macOS、または CI から公開してください", "publish from Linux, macOS or CI")
    return PublishFailed(_finding("no-symbolic-links", target, what, remedy))


def current_is_no_link(current: Path) -> PublishFailed:
    what = Text(
        "`current` がシンボリックリンクではありません。ほかの人が置いたものかもしれないので触りません",
        "`current` is not a symbolic link: it may be somebody else's, so it is left alone",
    )
    remedy = Text("`current` を別の名前に変えてから公開してください", "give it another name, then publish")
    return PublishFailed(_finding("current-is-no-link", current, what, remedy))


def shrunk(site_dir: Path, before: int, now: int) -> PublishFailed:
    what = Text(
        f"ページが {before} から {now} に減っています。記事が失われたおそれがあります",
        f"the site has {now} pages where the current one has {before}: articles may have been lost",
    )
    remedy = Text(
        "減らしたのが意図どおりなら `--allow-shrink` を付けてください",
        "if that is intended, publish with `--allow-shrink`",
    )
    return PublishFailed(_finding("shrunk", site_dir, what, remedy))


def older_than_current(site_dir: Path, release: str) -> PublishFailed:
    what = Text(
        f"公開中の `{release}` はこの紙面より後に作られています。古い紙面で上書きしません",
        f"the current release `{release}` was built after this site: an older site does not replace a newer one",
    )
    remedy = Text(
        "作り直してください。以前の紙面に戻すなら `kawaraban publish --rollback` を使います",
        "build again; to go back on purpose use `kawaraban publish --rollback`",
    )
    return PublishFailed(_finding("older-than-current", site_dir, what, remedy))


def built_for_later(site_dir: Path, built: str, now: str) -> PublishFailed:
    """`built` and `now` are moments as people read them."""
    what = Text(
        f"この紙面は {built} のものとして作られていて、いま（{now}）出してはいけない記事があるおそれがあります",
        f"this site was built as of {built}: what may not be out now ({now}) may be on it",
    )
    remedy = Text(
        "`--now` を付けずに作り直すか、その日時のものとして出してよければ、公開にも同じ `--now` を付けてください",
        "build again without `--now`; if it may be out as of that moment, give `publish` the same `--now`",
    )
    return PublishFailed(_finding("built-for-later", site_dir, what, remedy))


def current_of_a_fast_clock(site_dir: Path, release: str, built: str, now: str) -> PublishFailed:
    """`built` and `now` are moments as people read them."""
    what = Text(
        f"公開中の `{release}` は {built} に作られたとありますが、時計はまだ {now} です",
        f"the current release `{release}` says that it was built at {built}, yet the clock says {now}",
    )
    remedy = Text(
        "時計が遅れていれば合わせて作り直し、前の時計が進んでいたのなら `--allow-older` を付けて公開してください",
        "if the clock is slow, set it and build again; if it was fast then, publish with `--allow-older`",
    )
    return PublishFailed(_finding("built-in-the-future", site_dir, what, remedy))


def current_of_a_named_moment(site_dir: Path, release: str, built: str, now: str) -> PublishFailed:
    """`built` and `now` are moments as people read them."""
    what = Text(
        f"公開中の `{release}` は、これから来る {built} を指定して作られています（時計は {now}）",
        f"the current release `{release}` was built for {built}, which is still to come (the clock says {now})",
    )
    remedy = Text(
        "その日時を待って作り直すか、いま置き換えてよければ `--allow-older` を付けて公開してください",
        "wait for it and build again, or, if it may be replaced now, publish with `--allow-older`",
    )
    return PublishFailed(_finding("built-in-the-future", site_dir, what, remedy))


def too_little_space(target: Path, needed: int, free: int) -> PublishFailed:
    what = Text(
        f"空き容量が足りません（必要 {_megabytes(needed)}、空き {_megabytes(free)}）",
        f"not enough free space (needed {_megabytes(needed)}, free {_megabytes(free)})",
    )
    remedy = Text("公開先の空き容量を増やしてください", "make room on the target")
    return PublishFailed(_finding("too-little-space", target, what, remedy))


def copy_differs(release: Path) -> PublishFailed:
    what = Text(
        "書き込んだ内容が元と一致しません（ディスクの異常か、公開中の書き換え）",
        "what was written differs from the site (a failing disk, or the site changed meanwhile)",
    )
    remedy = Text("作り直して、もう一度公開してください", "build again and publish again")
    return PublishFailed(_finding("copy-differs", release, what, remedy))


def nothing_to_go_back_to(target: Path) -> PublishFailed:
    what = Text("これより前の公開がありません", "there is no earlier release to go back to")
    remedy = Text(
        "公開先のフォルダーを確かめるか、記事を直して公開し直してください",
        "look whether this is the target, or correct the pages and publish again",
    )
    return PublishFailed(_finding("no-earlier-release", target, what, remedy))


def release_damaged(release: Path) -> PublishFailed:
    what = Text(
        "戻ろうとした公開のファイルが記録と一致しません", "the files of the earlier release differ from its record"
    )
    remedy = Text(
        f"`{release.name}` のフォルダーと .json を取り除き、もう一度 `--rollback` してください",
        f"remove the folder `{release.name}` and its .json, then roll back again",
    )
    return PublishFailed(_finding("release-damaged", release, what, remedy))


def site_unreadable(settings: Settings, error: OSError) -> PublishFailed:
    """No permission, input/output error: of the site, or of what is noted about it."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    place = settings.private if error.filename is None else Path(os.fsdecode(error.filename))
    what = Text(f"公開するものを読めません: {reason}", f"what is to be published cannot be read: {reason}")
    remedy = Text("読む権限とディスクの状態を確かめてください", "check its permissions and the state of the disk")
    return PublishFailed(_finding("site-unreadable", Path(settings.shown(place)), what, remedy))


def target_failed(target: Path, error: OSError) -> PublishFailed:
    """Disk full, no permission, read-only, input/output error: the system's own words, with the file."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    file = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else ""
    what = Text(f"公開先に書き込めません: {reason}{file}", f"the target cannot be written: {reason}{file}")
    folder = Text("ファイルではなく、フォルダーを指定してください", "name a folder: there is a file of this name")
    remedies = {
        errno.EEXIST: folder,
        errno.ENOTDIR: folder,
        errno.ENOSPC: Text("公開先の空き容量を増やしてください", "make room on the target"),
        errno.EDQUOT: Text("公開先の割り当て容量を増やしてください", "raise the quota of the target"),
    }
    otherwise = Text(
        "公開先の権限とディスクの状態を確かめてください", "check permissions and state of the target's disk"
    )
    return PublishFailed(_finding("target-failed", target, what, remedies.get(error.errno or 0, otherwise)))


def figures_published_since(ledger: Path) -> PublishFailed:
    what = Text(
        "この紙面を作ったあとに別の数字が公開され、両方を見比べて何が分かるかを確かめていません",
        "other figures were published since this site was built, and what both together tell was not judged",
    )
    return PublishFailed(_finding("figures-published-since", ledger, what, _BUILD))


def lock_held(lock: Path, holder: str) -> LockHeld:
    what = Text(f"ほかの公開が進行中です（{holder}）", f"another publisher is at work ({holder})")
    remedy = Text("終わるのを待って、もう一度公開してください", "wait until it is done, then publish again")
    return LockHeld(_finding("lock-held", lock, what, remedy))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
