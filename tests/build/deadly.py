"""A Markdown extension that ends the process which reads a certain word, unless it is the build's own."""

from __future__ import annotations

import multiprocessing
import os
import signal

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

WORD = "突然の停電"


class _Ending(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if multiprocessing.parent_process() is not None and any(WORD in line for line in lines):
            os.kill(os.getpid(), signal.SIGKILL)
        return lines


class DeadlyExtension(Extension):
    """Listed in mkdocs.yml as `tests.build.deadly`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.preprocessors.register(_Ending(md), "deadly", 100)


def makeExtension(**configs: object) -> DeadlyExtension:  # noqa: N802 (Markdown's name)
    return DeadlyExtension(**configs)
