"""Words from English are written with the long vowel at the end, as 「外来語の表記」 (1991) has it: フォルダー, サーバー."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = (ROOT / "README.ja.md", ROOT / "content", ROOT / "generator", ROOT / "theme_overrides")
BOTH = ROOT / "generator" / "search" / "fold.py"
"""Takes the two ways for one word, and says so."""
LONG = {"ブラウザー", "コンピューター", "エディター", "フォルダー", "メモリー", "プリンター", "サーバー", "ユーザー"}


def words() -> Iterator[tuple[str, str]]:
    """Every run of katakana that people may read, with the file it stands in."""
    for top in READ:
        for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if file.suffix in {".md", ".py", ".yml", ".html", ".js"} and file != BOTH:
                for word in re.findall("[ァ-ヴー]+", file.read_text(encoding="utf-8")):
                    yield word, file.relative_to(ROOT).as_posix()


def test_no_word_lacks_the_long_vowel_that_it_has_elsewhere() -> None:
    found = list(words())
    ends_long = LONG | {word for word, _ in found if word.endswith("ー") and len(word) > 3}
    cut_short = tuple(word.removesuffix("ー") for word in ends_long)
    assert sorted({(file, word) for word, file in found if word.endswith(cut_short)}) == []
