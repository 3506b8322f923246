"""The page around the content: made once for many pages, and always what the templates would have made of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from msgspec.structs import replace

from generator.cache.store import Store
from generator.model.site import Contact, CurrentNumber, Document, Masthead, NavigationEntry
from generator.render.mkdocs.chrome import Chrome, ChromeOnDemand, ThemePage
from generator.render.mkdocs.frame_store import FrameStore
from generator.theme import theme_folder

MASTHEAD = Masthead(
    title="瓦版 & <試し>",
    tagline="数字と声",
    publisher="情報システム部",
    issue=CurrentNumber(3, "issues/3/", "2026年11月16日（月）", "2026-11-16"),
    navigation=(NavigationEntry("事例", "stories/"), NavigationEntry("会社", "about/")),
    mission="よく伝える",
    mission_url="about/mvv/",
    contact=Contact("編集部", "mailto:a@b.example"),
    data_use_url="about/data/use/",
)
PAGES = (
    Document("", "home", "瓦版", "表紙", ""),
    Document("stories/", "list", "事例", "一覧", "", section="stories/"),
    Document("stories/a/", "story", "A <b> & 'c'", 'だ"れ', "", section="stories/"),
    Document("stories/b/", "story", "小文字 lower", "", "", section="stories/", lang="en"),
    Document("about/", "list", "会社", "", "", section="about/"),
    Document("about/mvv/", "mvv", "使命", "説明", "", section="about/"),
    Document("about/data/use/", "article", "使いみち", "説明", "", section="about/"),
    Document("about/data/", "article", "データ", "説明", "", section="about/"),
    Document("issues/3/", "issue", "第3号", "", ""),
    Document("issues/4/", "issue", "第4号", "", ""),
    Document("tags/日本/2/", "list", "日本", "", ""),
)
CONTENT = '<h1>見出し</h1><p>{{ masthead.title }} {% raw %} & \U0010f003 <script>"</script></p>'


class Around:
    """A theme with Chrome over it, and beside it the same theme rendered as MkDocs would."""

    def __init__(self, folder: Path, templates: dict[str, str], masthead: Masthead = MASTHEAD, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in templates.items():
            (folder / name).write_text(text, encoding="utf-8")
        theme = {"name": "material", "custom_dir": str(folder), "language": "ja", "font": False}
        config = load_config(None, site_name="試し", docs_dir=str(folder), plugins=[], theme=theme, **settings)
        config.theme.dirs.insert(1, str(theme_folder()))
        self.chrome = Chrome(_env(config), config, masthead)
        self.config, self._plain = config, _env(config)
        self._plain.globals["masthead"] = masthead

    def plainly(self, document: Document, content: str) -> str:
        site_url = self.config.site_url or ""
        address = site_url + document.url if site_url else None
        page = ThemePage(document.url, document.title, content, address, document.url == "")
        context = get_context(Navigation([], []), Files([]), self.config, page)  # type: ignore[arg-type]
        return self._plain.get_template("main.html").render({**context, "document": document})

    def is_right_on(self, *documents: Document) -> bool:
        return all(self.chrome.page(one, CONTENT) == self.plainly(one, CONTENT) for one in documents)


def _env(config: MkDocsConfig) -> jinja2.Environment:
    env = config.theme.get_env()
    env.filters["shout"] = lambda text: f"{text}!"
    env.filters["plain"] = str
    env.globals["describe"] = lambda page: "lang" if str(page.title).isascii() else "日本語"
    return env


@pytest.fixture(scope="module", params=["", "https://kawaraban.example/社内/"], ids=["no address", "address"])
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Around:
    """The theme as it comes, of a site with and without an address."""
    return Around(tmp_path_factory.mktemp("custom"), {}, **({"site_url": request.param} if request.param else {}))


def test_every_page_is_what_the_templates_make_of_it(shipped: Around) -> None:
    assert shipped.is_right_on(*PAGES, *reversed(PAGES))


def test_pages_share_what_is_around_them(shipped: Around) -> None:
    story = PAGES[2]
    other = replace(story, url="stories/ほか/", title="別の話", description="", kind="article")
    assert shipped.chrome.frame_of(story) == shipped.chrome.frame_of(other)
    in_english = replace(other, lang="en")
    assert shipped.chrome.frame_of(in_english) != shipped.chrome.frame_of(other)


def _next_build(around: Around, folder: Path) -> ChromeOnDemand:
    """What a build that comes after one of all PAGES puts pages together with."""
    store = Store(folder / "store.sqlite3")
    frames = {one: around.chrome.frame_of(one) for one in PAGES}
    known = {one.url: _Made(one, frame.digest if frame else "") for one, frame in frames.items()}
    kept = FrameStore(store, known)
    kept.keep(frame for frame in frames.values() if frame is not None)
    store.flush()
    return ChromeOnDemand(around.config, MASTHEAD, FrameStore(Store(store.file), known))


class _Made:
    """A page of an earlier build."""

    def __init__(self, document: Document, frame: str) -> None:
        self.url, self.kind, self.title = document.url, document.kind, document.title
        self.description, self.section, self.lang = document.description, document.section, document.lang
        self.frame = frame


def test_a_page_with_other_words_needs_no_templates_in_the_next_build(shipped: Around, tmp_path: Path) -> None:
    chrome = _next_build(shipped, tmp_path)
    retitled = replace(PAGES[2], title="別の題", description="別の説明")
    added = replace(retitled, url="stories/c/", kind="article")
    for document in (PAGES[2], retitled, added):
        assert chrome.page(document, CONTENT) == shipped.plainly(document, CONTENT)
        assert chrome.frame_of(document) == shipped.chrome.frame_of(document)
    assert "ready" not in vars(chrome)


def test_a_page_of_another_place_is_put_together_by_the_templates(shipped: Around, tmp_path: Path) -> None:
    chrome = _next_build(shipped, tmp_path)
    document = replace(PAGES[2], url="elsewhere/c/")
    assert chrome.page(document, CONTENT) == shipped.plainly(document, CONTENT)
    assert "ready" in vars(chrome)


_ODD = st.text(max_size=60) | st.sampled_from(
    ["{{ x }}", "{% if %}", "<b>&amp;'\"", "\U0010f003", "\U0010f0001\U0010f002", "長" * 5000, " ", "0", "stories/"]
)
_PART = st.sampled_from(
    ["stories", "about", "mvv", "data", "use", "issues", "3", "feeds", "日 本", "a'b", "a:b", "assets"]
)
_URL = st.lists(_PART, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))


@given(st.lists(st.builds(Document, _URL, _ODD, _ODD, _ODD, st.just(""), section=_URL), min_size=1, max_size=6), _ODD)
def test_whatever_a_page_is_called_it_is_what_the_templates_make_of_it(
    shipped: Around, documents: list[Document], content: str
) -> None:
    for document in documents:
        assert shipped.chrome.page(document, content) == shipped.plainly(document, content)
        assert shipped.chrome.frame_of(document) is not None


FOLLOWED = {
    "branch": "{% if document.title == '使命' %}M{% else %}{{ document.title }}{% endif %}{{ page.content }}",
    "listed": "{{ 'x' if document.url in ['stories/a/', 'about/'] }}{% if page.is_homepage %}H{% endif %}",
    "empty": "{{ document.description or document.title | e }}{{ page.nothing }}{{ page['title'] | e }}",
    "block": "{% set t %}<i>{{ page.title | e }}</i>{% endset %}{{ t }}{{ t }}",
    "macro": "{% macro m(x) %}[{{ x }}{{ caller() }}]{% endmacro %}{% call m(document.kind) %}{{ page.url }}{% endcall %}",
    "local": "{% set t = document.title | e %}{{ t | e }}{% for x in [t, document.kind] %}{{ x }}{% endfor %}",
    "links": "{{ 'about/data/x/' | url }} {{ '../stories/a/y' | url }} {{ '' | url }} {{ 'stories\\\\a\\\\' | url }}",
}
NOT_FOLLOWED = {
    "upper": "{{ page.title | upper }}",
    "join": "{{ document.title ~ '!' }}",
    "join, then look": "{% set t = document.title ~ '' %}{% if 'lower' in t %}X{% endif %}",
    "string, then look": "{% set t = document.title | string %}{% if 'lower' in t %}X{% endif %}{{ t }}",
    "escape, then look": "{% set t = document.title | e %}{% if t == '使命' %}X{% endif %}{{ t }}",
    "part of it": "{{ document.title[0] }}",
    "look into": "{% if 'lower' in document.title %}X{% endif %}{{ document.title }}",
    "content": "{% if '<h1' not in page.content %}<h1>{{ page.title }}</h1>{% endif %}{{ page.content }}",
    "content or none": "{% if page.content %}{{ page.content }}{% endif %}",
    "method": "{{ document.title.split(' ')[0] }}",
    "format": "{{ '%s-%s' % (document.title, 'x') }}",
    "format method": "{{ '{}'.format(document.title) }}",
    "length": "{{ document.title | length }}",
    "loop": "{% for letter in document.title %}{{ letter }},{% endfor %}",
    "order": "{{ 'before' if document.title < 'B' else 'after' }}",
    "key": "{{ {'使命': 'x'}[document.title] }}",
    "attribute": "{{ document.slots | length }}{{ document.published_on }}",
    "captured": "{% set t %}{{ document.title }}{% endset %}{{ t | upper }}",
    "captured, then look": "{% set t %}{{ document.title }}{% endset %}{% if 'lower' in t %}X{% endif %}{{ t }}",
    "captured, then join": "{% set t %}{{ document.title }}{% endset %}{{ t }}{% if 'lower' in t ~ '' %}X{% endif %}",
    "captured, then compared": "{% set t %}{{ document.title }}{% endset %}{{ t }}{{ t < 'B' }}{{ t == '使命' }}",
    "filter block": "{% filter upper %}{{ document.title }}{% endfilter %}",
    "block result": "{% block b %}{{ document.title }}{% endblock %}{% if 'lower' in self.b() %}X{% endif %}",
    "json": "{{ {'t': document.title} | tojson }}",
    "list": "{{ [document.title, 'b'] | join('/') }}",
    "include": "{% include [document.title ~ '.html', 'partials/contact.html'] ignore missing %}",
    "include by name": "{% include document.title ignore missing %}",
    "plugin's filter": "{{ document.title | shout }}{{ document.title | plain }}",
    "plugin's function": "{{ describe(page) }}",
    "test": "{% if document.title is string %}{{ document.title }}{% endif %}",
    "address": "{{ page.url | url }}{{ document.url | urlencode }}",
    "autoescape": "{% autoescape true %}{{ document.title }}{% endautoescape %}",
    "two of them": "{% if document.title == document.kind %}X{% endif %}",
    "whole": "{{ page }}",
}


@pytest.mark.parametrize("template", FOLLOWED.values(), ids=FOLLOWED)
def test_a_template_may_ask_about_pages(template: str, tmp_path: Path) -> None:
    around = Around(tmp_path, {"main.html": template})
    assert around.is_right_on(*PAGES, *PAGES)
    assert all(around.chrome.frame_of(one) for one in PAGES)
    chrome = _next_build(around, tmp_path)
    others = [replace(one, title=title, description=text) for one in PAGES for title, text in (("", "b"), ("使命", ""))]
    for document in (*others, *PAGES):
        assert chrome.page(document, CONTENT) == around.plainly(document, CONTENT)


@pytest.mark.parametrize("template", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED)
def test_a_template_that_works_on_words_is_rendered_for_each_page(template: str, tmp_path: Path) -> None:
    around = Around(tmp_path, {"main.html": template})
    assert [around.chrome.frame_of(one) for one in PAGES] == [None] * len(PAGES)
    for document in PAGES:
        assert _outcome(around.chrome.page, document) == _outcome(around.plainly, document)


def _outcome(render: Callable[[Document, str], str], document: Document) -> object:
    try:
        return render(document, CONTENT)
    except (jinja2.TemplateError, TypeError) as error:
        return SimpleNamespace(kind=type(error), said=str(error))


def test_only_pages_on_which_a_template_works_on_words_are_rendered_each(tmp_path: Path) -> None:
    around = Around(
        tmp_path, {"main.html": "{% if page.is_homepage %}{{ page.title | upper }}{% endif %}{{ page.title }}"}
    )
    assert around.is_right_on(*PAGES)
    assert [around.chrome.frame_of(one) is None for one in PAGES] == [one.url == "" for one in PAGES]


def test_the_frame_changes_with_the_templates_the_masthead_and_the_settings(tmp_path: Path) -> None:
    document = PAGES[2]
    around = [
        Around(tmp_path / "a", {}),
        Around(tmp_path / "b", {"main.html": "{{ page.content }}"}),
        Around(tmp_path / "c", {}, replace(MASTHEAD, tagline="別")),
        Around(tmp_path / "d", {}, site_url="https://a.example/"),
    ]
    frames = {one.chrome.frame_of(document) for one in around}
    assert len(frames) == 4
    assert None not in frames
    assert Around(tmp_path / "elsewhere", {}).chrome.frame_of(document) in frames
