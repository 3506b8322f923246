"""Where each source file is found on the site, and the permanent addresses that lead there."""

from __future__ import annotations

from collections.abc import Iterable

from generator.compose import sections
from generator.compose.desk import Desk
from generator.model.page import AssetFile


def addresses(desk: Desk, assets: Iterable[AssetFile]) -> dict[str, str]:
    """Source path → address, for pages, pictures and the `index.md` of every generated list."""
    lists = {f"{folder}index.md": folder for folder in sections.LISTED_FOLDERS}
    faq = {f"{sections.FAQ}{campaign}/index.md": f"{sections.FAQ}{campaign}/" for campaign in desk.shelves.faq_of}
    pages = {source: desk.address_of(page) for source, page in desk.shelves.by_source.items()}
    return lists | faq | pages | {asset.source: asset.url for asset in assets}


def redirects(desk: Desk) -> dict[str, str]:
    """`p/<id>/` → address; where two pages claim an id, `read` has refused them."""
    pages = desk.shelves.by_source.values()
    return {f"p/{page.front.id}/": desk.address_of(page) for page in pages if page.front.id}
