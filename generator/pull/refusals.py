"""What is wrong with a source as a whole and what stands in for it, told where sources.yml declares it."""

from __future__ import annotations

from datetime import date, timedelta

from generator.engines import DatabaseFailed
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.pull.remote.failure import FetchFailed


def _finding(code: str, place: Place, what: Text, remedy: Text, severity: Severity = Severity.ERROR) -> Finding:
    # The line alone: what is wrong is no word of that file.
    return Finding(Family.DATA, code, Place(place.path, place.line), what, remedy, severity)


def no_snapshot(place: Place, source: str) -> Finding:
    what = Text(f"出典 `{source}` に使える取り込み済みデータがありません", f"there are no stored rows of `{source}`")
    return _finding(
        "no-snapshot",
        place,
        what,
        Text("`--offline` を付けずに一度取り込んでください", "pull once without `--offline`"),
    )


def other_key(place: Place, source: str) -> Finding:
    what = Text(
        f"出典 `{source}` の取り込み済みデータは、別の鍵で守られていて開けません",
        f"the stored rows of `{source}` are sealed with another key",
    )
    remedy = Text(
        "`private_key_env` の環境変数を元の鍵に戻すか、写しを消して取り込み直してください",
        "set the variable of `private_key_env` to the former key, or delete the rows and pull anew",
    )
    return _finding("other-key", place, what, remedy)


def damaged(place: Place, source: str) -> Finding:
    what = Text(
        f"出典 `{source}` の取り込み済みデータが壊れているため、使いません",
        f"the stored rows of `{source}` are damaged and not used",
    )
    remedy = Text("繰り返すようなら、ディスクを確かめてください", "check the disk if it happens again")
    return _finding("damaged-snapshot", place, what, remedy, Severity.WARNING)


def unwritable(place: Place, folder: str, error: OSError) -> Finding:
    reason = error.strerror or str(error)
    what = Text(
        f"取り込んだデータを `{folder}` に保存できません（{reason}）",
        f"the rows cannot be stored in `{folder}`: {reason}",
    )
    remedy = Text("空き容量と書き込みの権限を確かめてください", "check its space and permissions")
    return _finding("unwritable", place, what, remedy)


def not_answered(place: Place, failed: DatabaseFailed | FetchFailed) -> Finding:
    return _finding(failed.code, place, failed.what, failed.remedy)


def empty_table(place: Place) -> Finding:
    what = Text(
        "データの行が1行もありません。0人という意味にはなりません", "there is not one row; that does not mean 0"
    )
    return _finding("no-rows", place, what, Text("表に行があることを確かめてください", "check that the table has rows"))


def from_the_future(place: Place, source: str, watermark: date, today: date) -> Finding:
    what = Text(
        f"出典 `{source}` の最も新しい日付が {watermark} で、今日（{today}）より先です",
        f"the newest day of `{source}` is {watermark}, later than today ({today})",
    )
    remedy = Text("日付の列と、このコンピューターの時計を確かめてください", "check the dates and the clock")
    return _finding("future-date", place, what, remedy)


def other_size(place: Place, before: int, rows: int) -> Finding:
    what = Text(f"行数が{before}から{rows}に変わりました", f"the number of rows went from {before} to {rows}")
    remedy = Text("書き出しの範囲が変わっていないか確かめてください", "check that the export still covers the same")
    return _finding("row-count", place, what, remedy, Severity.WARNING)


def stale(place: Place, source: str, day: date) -> Finding:
    """`day`: when the rows that are shown were pulled."""
    what = Text(
        f"出典 `{source}` を取り込めなかったため、{day} に取り込んだデータを時点の札を付けて使います",
        f"`{source}` could not be pulled; the rows pulled on {day} are shown, marked as stale",
    )
    remedy = Text("ほかの注意に書かれた問題を直してください", "solve the problems told in the other warnings")
    return _finding("stale-source", place, what, remedy, Severity.WARNING)


def other_declaration(place: Place, source: str) -> Finding:
    what = Text(
        f"出典 `{source}` は、前に取り込んだときから読むもの（`path` や `columns` など）が変わったので、前のデータは使えません",
        f"`{source}` declares other rows than when it was last pulled (its `path`, its `columns` …): those cannot stand in",
    )
    remedy = Text(
        "ほかにエラーがあれば直して `kawaraban pull` で取り込むか、sources.yml を元に戻してください",
        "solve the other errors, if any, and run `kawaraban pull`, or undo the change of sources.yml",
    )
    return _finding("other-declaration", place, what, remedy)


def blocked(place: Place, source: str, day: date, limit: timedelta) -> Finding:
    """`day`: when its rows were pulled last; `limit`: its `block_after`."""
    what = Text(
        f"出典 `{source}` を最後に取り込めたのは {day} で、`block_after` の{limit.days}日より前です",
        f"`{source}` was last pulled on {day}, longer ago than the {limit.days} days of `block_after`",
    )
    remedy = Text("ほかのエラーに書かれた問題を直してください", "solve the problems told in the other errors")
    return _finding("source-blocked", place, what, remedy)


def old_rows_deleted(place: Place, source: str, windows: list[str]) -> Finding:
    """`windows`: those that are gone, oldest first."""
    what = Text(
        f"出典 `{source}` の、`keep_for` より古い期間のデータを消しました（{len(windows)}期間、最も新しいもので {windows[-1]}）",
        f"rows of `{source}` older than `keep_for` were deleted (windows: {len(windows)}, the newest {windows[-1]})",
    )
    remedy = Text(
        "その月の数字も載せ続けるなら、`keep_for` を長くして取り込み直してください",
        "to go on showing figures of that time, raise `keep_for` and pull again",
    )
    return _finding("old-rows-deleted", place, what, remedy, Severity.WARNING)
