"""What stands behind the opening marks of a code block: language, file name, marked lines.

Every tool writes it in its own way: ```` ```js:src/app.js ```` (Zenn, Qiita), ```` ```js title="app.js" {1,3-5} ````
(VitePress, Docusaurus), ```` ```diff js ```` (Zenn), ```` ```{.python} ```` (Pandoc), ```` ```js {linenos=table} ````
(Hugo). The first word is the language, whatever follows.
"""

from __future__ import annotations

import re

from msgspec import Struct

OPENING = re.compile(r"(?P<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)$")
"""The opening line of a code block, its indentation taken off; backticks may not stand behind backticks."""

_WORD = re.compile(r"\{?[ \t]*\.?([\w#+.-]*)(:)?")
_TITLE = re.compile(r"""\b(?:title|filename|file|name|caption)=(?:"([^"]*)"|'([^']*)'|([^\s,}]+))""")
_BRACKETED = re.compile(r"\[([^\[\]{}]+)\]")
_MARKED = re.compile(r"\{([\d,\s-]+)\}")
_MARKED_OPTION = re.compile(r"""\bhl_lines=["'\[]?([\d,\s-]+)""")
_NUMBERED = re.compile(r"""\blinenums=["']?(\d+)""")


class FenceInfo(Struct, frozen=True):
    """What an author says of a code block."""

    language: str
    title: str = ""  # the file name or caption shown above it
    marked: str = ""  # lines to stand out, e.g. "1 3-5"
    first_number: str = ""  # number of the first line where lines are to be numbered


def fence_info(info: str) -> FenceInfo:
    """Read what follows the opening marks; nothing in it is ever wrong."""
    match = _WORD.match(info)
    language, colon, rest = (match[1], match[2], info[match.end() :]) if match else ("", None, info)
    marked = _MARKED.search(rest) or _MARKED_OPTION.search(rest)
    title = _TITLE.search(rest)
    named = next((group for group in title.groups() if group), "") if title else ""
    if colon and not named:
        named = rest.split("{")[0].strip()
    elif not named and (bracketed := _BRACKETED.search(rest)):
        named = bracketed[1]
    numbered = _NUMBERED.search(rest)
    lines = " ".join(marked[1].replace(",", " ").split()) if marked else ""
    return FenceInfo(language.strip("."), named, _sound(lines), numbered[1] if numbered else "")


def _sound(lines: str) -> str:
    return lines if re.fullmatch(r"\d+(?:-\d+)?(?: \d+(?:-\d+)?)*", lines) else ""
