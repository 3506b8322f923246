"""sitemap.xml: every page with the day of its last change."""

from __future__ import annotations

from collections.abc import Iterable

from generator.compose import xml
from generator.compose.written import Written
from generator.model.address import quoted
from generator.model.site import DataFile


def sitemap(site_url: str, documents: Iterable[Written]) -> DataFile:
    """Addresses are absolute where `site_url` is declared, else relative to the site's root."""
    lines = [_line(site_url, document) for document in documents]
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        ]
    )
    return DataFile("sitemap.xml", text.encode())


def _line(site_url: str, document: Written) -> str:
    day = document.updated_on or document.published_on
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{xml.text(site_url + quoted(document.url))}</loc>{changed}</url>"
