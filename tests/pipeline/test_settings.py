"""The plugin's keys in mkdocs.yml, judged at their line."""

import pytest

from generator.settings import read_options

TEXT = """site_name: 瓦版
plugins:
  - search
  - kawaraban:
      company: あさひ野
      {line}
"""


def said(line: str, **written: object) -> tuple[str, str, str]:
    _, findings = read_options({"company": "あさひ野", **written}, TEXT.format(line=line), "mkdocs.yml")
    (finding,) = findings
    return str(finding.place).rsplit(":", 1)[0], finding.name, finding.what.ja


@pytest.mark.parametrize(
    ("line", "written", "code"),
    [
        ("compny: x", {"compny": "x"}, "settings/unknown-key"),
        ("timezone: Asia/Edo", {"timezone": "Asia/Edo"}, None),
        ("private_dir: ../x", {"private_dir": "../x"}, None),
        ("publisher: [a]", {"publisher": ["a"]}, None),
        ("tagline: x", {"tagline": "x\u202ey"}, "settings/unseen-character"),
        ("tagline: x", {"tagline": "x\U0010f0010\U0010f002"}, "settings/unseen-character"),
    ],
)
def test_a_wrong_option_is_found_on_its_line_in_words_of_our_own(
    line: str, written: dict[str, object], code: str | None
) -> None:
    place, name, what = said(line, **written)
    assert place == "mkdocs.yml:6"
    assert name == (code or name)
    assert "nput should" not in what
    assert "alue error" not in what


def test_right_options_are_taken_as_written() -> None:
    options, findings = read_options({"company": "あさひ野"}, TEXT.format(line="publisher: 総務部"), "mkdocs.yml")
    assert findings == []
    assert options.company == "あさひ野"
