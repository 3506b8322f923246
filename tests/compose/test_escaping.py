"""Nothing an author types becomes markup or template code on a page that is not their own text."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from generator.model.site import Site
from tests.compose.newsroom import composed, data_file, page

HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 1234*5 }} {% if %} &amp; '"""


@pytest.fixture(scope="module")
def site() -> Site:
    facts = dict.fromkeys(("challenge", "action", "result", "number"), HOSTILE)
    switchoff = dict.fromkeys(("service", "scope", "alternative", "contact"), HOSTILE) | {
        "off_at": "2026-12-25T18:00+09:00",
        "exceptions": [HOSTILE],
    }
    common: dict[str, Any] = {
        "title": HOSTILE,
        "summary": HOSTILE[:120],
        "author": HOSTILE,
        "contact": HOSTILE,
        "tags": (HOSTILE,),
    }
    pages = [
        page("about/mvv.md", type="mvv", mission=HOSTILE, vision=HOSTILE, **common),
        page("articles/a.md", owner=HOSTILE, **common),
        page("campaigns/chat.md", purpose=HOSTILE, switchoff=switchoff, **common),
        page("champions/sales-east.md", person=HOSTILE, brings=HOSTILE, **common),
        page("departments/sales-east.md", what_we_do=HOSTILE, ask_us_for=[HOSTILE], **common),
        page("faq/chat/why.md", official_view=HOSTILE, asked_count=1, **common),
        page("guide/g.md", **common),
        page("issues/001.md", thanks=[{"to": HOSTILE, "for": HOSTILE}], **common),
        page("notices/n.md", action_required=HOSTILE, **common),
        page(
            "stories/train.md",
            facts=facts,
            value_to={"company": HOSTILE},
            people=[{"name": HOSTILE, "role": HOSTILE, "consent_id": "C"}],
            **common,
        ),
    ]
    made, findings = composed(pages, company=HOSTILE, tagline=HOSTILE)
    assert findings == []
    return made


def test_hostile_words_are_shown_as_typed_on_every_page(site: Site) -> None:
    for document in site.documents:
        assert "<script" not in document.body, document.url
        assert "<img src=x" not in document.body, document.url
        assert "6170" not in document.body, document.url
    typed = {
        d.kind for d in site.documents if "&lt;script&gt;alert(1)&lt;/script&gt;" in d.body and "{{ 1234*5 }}" in d.body
    }
    assert typed >= {"home", "story", "article", "campaign", "switch-off", "faq", "faq-campaign", "issue", "issues"}
    assert typed >= {"notice", "mvv", "department", "departments", "champions", "list", "tags"}


def test_an_author_cannot_write_a_slot_into_a_list(site: Site) -> None:
    for document in site.documents:
        assert document.body.count("\U0010f001") == len(document.slots)


def test_feeds_and_the_sitemap_stay_well_formed(site: Site) -> None:
    for url in ("feeds/all.xml", "feeds/sales-east.xml", "sitemap.xml"):
        ET.fromstring(data_file(site, url))  # noqa: S314 (our own bytes)


def test_a_contact_is_a_link_only_when_it_is_an_address() -> None:
    for contact, is_link in (("javascript:alert(1)", False), ("a@b.example", True), ("https://it.example/", True)):
        made, _ = composed([page("articles/a.md", contact=contact)])
        body = next(d.body for d in made.documents if d.url == "articles/a/")
        assert (f'{contact}">' in body) is is_link
