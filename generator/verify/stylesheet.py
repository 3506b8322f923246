"""Addresses in CSS: what a style sheet makes a browser fetch."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]+))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def references(css: str) -> list[str]:
    """The addresses in `url(…)` and `@import "…"`, as written."""
    if "url(" not in css.lower() and "@import" not in css.lower():
        return []
    text = _COMMENT.sub("", css)
    return ["".join(found) for pattern in (_URL, _IMPORT) for found in pattern.findall(text)]
