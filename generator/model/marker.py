"""Marks that stand in a text for something that is put in later, and that no author can type.

They are built from characters of the last private plane (U+10F000 and up), which `read` refuses in content.
Plain characters pass through Markdown and through the sanitiser unharmed.
"""

from __future__ import annotations

import re

_BLOCK_OPEN, _SLOT_OPEN, _CLOSE = "\U0010f000", "\U0010f001", "\U0010f002"
BLANK = "\U0010f003"
"""What a value of the page that is still to come looks like to a template (`generator.render.mkdocs.blanks`)."""
CONTENTS = "\U0010f004"
"""Where the table of contents of a document's first slot goes, if its text is long enough for one."""
RESERVED = re.compile("[\U00100000-\U0010fffd]")
"""What content may not contain."""
BLOCK = re.compile(f"{_BLOCK_OPEN}(\\d+){_CLOSE}")
"""A block marker; group 1 is its index in the page's blocks."""
BLOCK_PARAGRAPH = re.compile(f"<p>\\s*{_BLOCK_OPEN}(\\d+){_CLOSE}\\s*</p>")
"""A block marker as Markdown leaves it: a paragraph of its own."""
SLOT = re.compile(f"{_SLOT_OPEN}(\\d+){_CLOSE}")
"""A slot marker; group 1 is its index in the document's slots."""


def block(index: int) -> str:
    """The marker of a page's figure block."""
    return f"{_BLOCK_OPEN}{index}{_CLOSE}"


def slot(index: int) -> str:
    """The marker of a document's Markdown slot."""
    return f"{_SLOT_OPEN}{index}{_CLOSE}"
