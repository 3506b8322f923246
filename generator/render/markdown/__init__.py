"""Authors' Markdown as HTML: Python-Markdown, given texts in the one form that it reads without surprises.

- `reader`: what reads all texts of a site.
- `simple`: texts that are written directly, as most are; `simple_inline` is what stands inside their lines.
- `python_markdown`: the Markdown instance of a process, for all others.
- `layout`: blocks as CommonMark and its relatives read them, written down the way Python-Markdown needs them.
- `inline`: what stands inside a line: addresses, ~~strokes~~, formulas, words that only look like tags.
- `japanese`: line breaks between Japanese characters, and who said a quotation.
- `shortcuts`: what Python-Markdown need not look for in a text.
"""

from generator.render.markdown.reader import UNFIT_EXTENSIONS, MarkdownDialect, MarkdownReader, anchor_of

__all__ = ["UNFIT_EXTENSIONS", "MarkdownDialect", "MarkdownReader", "anchor_of"]
