"""Where HTML, comments and formulas end that go on over several lines."""

from __future__ import annotations

import re

from generator.markup import html_tags
from generator.markup.line import Kind

_COMMENT_END = re.compile("-->")
_FORMULA_END = re.compile(r"\$\$[ ]*$")
_VERBATIM_ENDS = {name: re.compile(f"</{name}>", re.IGNORECASE) for name in ("pre", "script", "style", "textarea")}


def end_of(kind: Kind, bare: str) -> re.Pattern[str] | None:
    if kind is Kind.COMMENT:
        return _COMMENT_END
    if kind is Kind.FORMULA:
        return _FORMULA_END
    verbatim = html_tags.VERBATIM.match(bare)
    return _VERBATIM_ENDS[verbatim[1].lower()] if verbatim else None
