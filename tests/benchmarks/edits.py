"""What happens between two builds: an article is corrected, the figures of a month arrive.

Every round edits another article and brings other figures, so that nothing was ever built before.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

MONTH = "2026-10"
"""The month that arrives: the last of the demo company's."""


def correct_article(corpus: Path, round_: int) -> None:
    """Add a sentence to the first paragraph of one article of the last years."""
    articles = sorted((corpus / "content" / "articles").rglob("article-*.md"))
    article = articles[len(articles) * 3 // 4 + round_]
    front_matter, body = article.read_text("utf-8").split("\n---\n\n", 1)
    first, rest = body.split("\n\n", 1)
    text = f"{front_matter}\n---\n\n{first}訂正の{round_ + 1}回目です。\n\n{rest}"
    article.write_text(text, "utf-8", newline="\n")


class Month:
    """The exports of one month, kept aside until they arrive; Hugo gets its figures as a data file."""

    def __init__(self, corpus: Path) -> None:
        self._exports = corpus / "content" / "data" / "exports"
        self._complete = corpus / "exports-complete"
        self._data = corpus / "hugo" / "data" / "figures.json"
        shutil.copytree(self._exports, self._complete, dirs_exist_ok=True)

    def withhold(self) -> None:
        """Leave only the months before."""
        for folder in ("teams", "slack"):
            for file in (self._exports / folder).glob(f"*{MONTH}*"):
                file.unlink()
        self._write_survey(lambda mail, month: month != MONTH)
        self._write_data(11, seed=0)

    def arrive(self, round_: int) -> None:
        """Put the month in its place, without one in so many people, who are others every round."""

        def is_in(mail: str) -> bool:
            return (zlib.crc32(mail.casefold().encode()) + round_) % 12 != 0

        for file in (self._complete / "teams").glob(f"*{MONTH}*"):
            text = _rows(file.read_text("utf-8-sig"), lambda row: is_in(row["User Principal Name"]))
            (self._exports / "teams" / file.name).write_text(text, "utf-8-sig", newline="")
        for file in (self._complete / "slack").glob(f"*{MONTH}*"):
            lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
            kept = b"".join(line for line in lines if is_in(json.loads(line)["email_address"]))
            (self._exports / "slack" / file.name).write_bytes(gzip.compress(kept, mtime=0))
        self._write_survey(lambda mail, month: month != MONTH or is_in(mail))
        self._write_data(12, seed=round_ + 1)

    def _write_survey(self, keep: Callable[[str, str], bool]) -> None:
        name = "one_on_one_survey.csv"
        text = _rows((self._complete / name).read_text("utf-8-sig"), lambda row: keep(row["メール"], row["回答月"]))
        (self._exports / name).write_text(text, "utf-8-sig", newline="")

    def _write_data(self, months: int, seed: int) -> None:
        chance = random.Random(seed)
        departments = sorted(path.stem for path in (self._exports.parents[1] / "departments").glob("*.md"))
        figures = {
            who: {f"{month:02}": chance.randint(10, 99) for month in range(months)} for who in ("company", *departments)
        }
        self._data.parent.mkdir(exist_ok=True)
        self._data.write_text(json.dumps(figures), "utf-8")


def _rows(text: str, keep: Callable[[dict[str, str]], bool]) -> str:
    """A CSV file without some of its rows."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    result = io.StringIO(newline="")
    writer = csv.DictWriter(result, reader.fieldnames or (), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row for row in reader if keep(row))
    return result.getvalue()
