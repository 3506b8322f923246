"""Every problem has its sentences, in two languages, and every sentence has its problem."""

import re
from pathlib import Path

from generator.verify import Kind
from generator.verify.wording import WORDING


def test_sentences_and_problems_match() -> None:
    package = Path(__file__).parents[2] / "generator" / "verify"
    code = "".join(file.read_text(encoding="utf-8") for file in package.glob("*.py") if file.name != "wording.py")
    written = set(re.findall(r'Problem\(\s*"([a-z0-9-]+)"', code)) | {f"leak-{kind.value}" for kind in Kind}
    written |= set(re.findall(r'_missing\([^)]*"(missing-[a-z]+)"', code))
    assert written == set(WORDING)


def test_every_sentence_is_told_in_both_languages() -> None:
    for code, wording in WORDING.items():
        for text in (wording.about("x"), wording.remedy):
            assert re.search(r"[ぁ-ん]", text.ja), code
            assert not re.search(r"[ぁ-ん]", text.en), code
