"""What stands behind the opening marks of a code block, in the ways in which tools write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.fences import FenceInfo, fence_info


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("js", FenceInfo("js")),
        ("js:src/app.js", FenceInfo("js", "src/app.js")),
        ("diff js", FenceInfo("diff")),
        ("diff js:app.js", FenceInfo("diff")),
        ('py title="app.py" {linenos=table}', FenceInfo("py", "app.py")),
        ("js {1,3-5}", FenceInfo("js", marked="1 3-5")),
        ('py hl_lines="2 3" linenums="1"', FenceInfo("py", marked="2 3", first_number="1")),
        ("js [config.js]", FenceInfo("js", "config.js")),
        ("{.python}", FenceInfo("python")),
        ("{r, echo=FALSE}", FenceInfo("r")),
        ("c++", FenceInfo("c++")),
        ("", FenceInfo("")),
    ],
)
def test_the_first_word_is_the_language_whatever_follows(info: str, expected: FenceInfo) -> None:
    assert fence_info(info) == expected


@given(st.text(alphabet="js:{}[]=\"., -1'\\", max_size=40))
def test_nothing_behind_the_marks_is_ever_wrong(info: str) -> None:
    told = fence_info(info)
    assert "\n" not in told.language + told.title
