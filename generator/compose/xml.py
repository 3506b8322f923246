"""Text in an XML file, as feeds and sitemap need it.

Not `xml.sax.saxutils`, which loads a client for HTTP and TLS.
"""

from __future__ import annotations

from html import escape


def text(content: str) -> str:
    """What stands between tags."""
    return escape(content, quote=False)


def attribute(content: str) -> str:
    """The value of an attribute, in its quotes; one line."""
    return '"' + text(content).replace('"', "&quot;") + '"'
