"""Other people's plugins: what each of them may see, which of them cannot be used, and what they break.

A plugin is *page-local* when what it does to a page depends on nothing but that page: then pages may be taken from an
earlier build, and are made in any order and in several processes. Whether it is cannot be read from its code, only
which events it listens to. Between the pages and these events there are two kinds:

- events of one page: a plugin that listens to nothing else has no moment at which it would know all pages;
- `on_files`, `on_nav`, `on_env` and `on_post_build`, which MkDocs calls with all pages at hand. A plugin that listens
  to one of them may only copy a script there, or gather a list of all pages: the site's owner may say which
  (`page_local_plugins`). Unless told so, every page is made anew.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import EVENTS, BasePlugin, PluginCollection
from mkdocs.structure.files import Files
from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text, listed, nearest, one_line
from generator.render.mkdocs.looks import Looks
from generator.render.mkdocs.news_page import NewsPage
from generator.settings import NAME

_OF_ONE_PAGE = frozenset({"pre_page", "page_markdown", "page_content", "page_context", "post_page"})
_OF_ALL_PAGES = ("files", "nav", "env", "post_build")
_RUN_CODE = Text("原稿に書かれたプログラムを動かす", "it runs programs written in authors' texts")
_OWN_SCRIPTS = Text(
    "転送ページごとに別のスクリプトを入れる",
    "it puts another script into every page that leads elsewhere",
)
_UNFIT = {
    **dict.fromkeys(("macros", "markdownextradata", "markdown-exec"), _RUN_CODE),
    "redirects": _OWN_SCRIPTS,
}
"""Well-known plugins by name: a text may come from anybody and a program in it reaches the whole machine, and a strict
Content-Security-Policy lists every script."""
_READS = Text(
    "原稿を別の文章に差し替える（`on_page_read_source`）",
    "it puts another text in place of an author's (`on_page_read_source`)",
)
_SHOWN = 200  # characters of a plugin's own error message


class PluginFailed(Rejected):
    """An event of a plugin raised."""


class Onlooker(Struct, frozen=True):
    """A plugin that may see all pages, and the event by which it may."""

    name: str
    event: str


def others(config: MkDocsConfig) -> dict[str, BasePlugin]:  # type: ignore[type-arg]  # of any configuration
    """The plugins beside ours, by their names in mkdocs.yml."""
    return {_written(name): plugin for name, plugin in config.plugins.items() if name != NAME}


def change_pages(config: MkDocsConfig) -> bool:
    """Whether some plugin listens to the events of pages."""
    return any(not _OF_ONE_PAGE.isdisjoint(_events(plugin)) for plugin in others(config).values())


def listens(config: MkDocsConfig, event: str) -> bool:
    """Whether some other plugin listens to an event."""
    return any(event in _events(plugin) for plugin in others(config).values())


def onlookers(config: MkDocsConfig, page_local: Sequence[str]) -> tuple[Onlooker, ...]:
    """The plugins because of which every page is made anew; `page_local` are those that are said not to be one."""
    return tuple(
        Onlooker(name, f"on_{event}")
        for name, plugin in others(config).items()
        if name not in page_local and (event := next((e for e in _OF_ALL_PAGES if e in _events(plugin)), None))
    )


def remark(found: Sequence[Onlooker]) -> Text:
    """Why every page was made anew."""
    names = listed(one.name for one in found)
    events = listed(dict.fromkeys(one.event for one in found))
    return Text(
        f"プラグイン {names} は全ページを見ることがある（{events}）ため、すべてのページを作り直しました。",
        f"every page was rendered anew: the plugin {names} may look at all pages ({events}).",
    )


def unfit_plugins(config: MkDocsConfig, page_local: Sequence[str]) -> Iterator[Finding]:
    """Plugins that cannot be used, and names in `page_local_plugins` that no plugin has."""
    found = others(config)
    for name, plugin in found.items():
        reason = _UNFIT.get(name) or (_READS if "page_read_source" in _events(plugin) else None)
        if reason is not None:
            what = Text(
                f"プラグイン `{name}` は使えません（{reason.ja}ため）",
                f"the plugin `{name}` cannot be used: {reason.en}",
            )
            yield _finding(config, "unfit-plugin", what, Text("plugins から外してください", "remove it from plugins"))
    for name in page_local:
        if name not in found:
            what = Text(
                f"`page_local_plugins` の `{name}` は plugins にありません",
                f"`page_local_plugins` names `{name}`, which is not under plugins",
            )
            yield _finding(config, "unknown-plugin", what, nearest(name, found))


def pages_of_plugins(files: Files, config: MkDocsConfig) -> Iterator[Finding]:
    """Pages that a plugin has added: nobody has judged them."""
    for file in files.documentation_pages():
        if not isinstance(file.page, NewsPage):
            what = Text(
                f"プラグインが足したページ `{file.src_uri}` は載せられません",
                f"the page `{file.src_uri}`, which a plugin has added, cannot be published",
            )
            remedy = Text(
                "そのプラグインを外すか、ページを content に書いてください",
                "remove that plugin, or write the page below content/",
            )
            yield _finding(config, "page-of-plugin", what, remedy)


def watch(config: MkDocsConfig, looks: Looks) -> None:
    """From now on, what plugins look at is noted, and what they raise is a finding that names them (`PluginFailed`)."""
    plugins = config.plugins
    for event in EVENTS:
        methods, plugins.events[event] = plugins.events[event], []
        for method in methods:
            name = _owner(plugins, method)
            is_ours = name is None or name == NAME
            watched = method if is_ours else _watched(method, _At(config, looks, _written(name or ""), event))
            plugins._register_event(event, watched, plugin_name=name)


class _At(Struct, frozen=True):
    """Where a plugin is at work."""

    config: MkDocsConfig
    looks: Looks
    name: str
    event: str


def _watched(method: Callable[..., Any], at: _At) -> Callable[..., Any]:
    @functools.wraps(method)  # with its priority
    def watched(*arguments: Any, **keywords: Any) -> Any:
        page = next((one for one in (*arguments, *keywords.values()) if isinstance(one, NewsPage)), None)
        with at.looks.noted(at.looks.before if page is None else page.looked_at):
            try:
                return method(*arguments, **keywords)
            except Rejected:
                raise
            except Exception as error:
                raise PluginFailed([_failure(at, page, error)]) from error

    return watched


def _failure(at: _At, page: NewsPage | None, error: Exception) -> Finding:
    """At the author's file where there is one: the plugin may have found a mistake in it."""
    said = one_line(f"{type(error).__name__}: {error}", _SHOWN)
    where = f"on_{at.event}" if page is None else f"on_{at.event}, /{page.document.url}"
    what = Text(
        f"プラグイン `{at.name}` が失敗しました（`{where}`: {said}）",
        f"the plugin `{at.name}` failed (`{where}`): {said}",
    )
    remedy = Text(
        "プラグイン向けに書いたところか mkdocs.yml の設定を直すか、plugins から外してください",
        "correct what is written for the plugin or its settings in mkdocs.yml, or remove it from plugins",
    )
    found = _finding(at.config, "plugin-failed", what, remedy)
    source = page.file.abs_src_path if page is not None else None
    return replace(found, place=Place(Path(os.path.relpath(source, at.looks.root)).as_posix())) if source else found


def _owner(plugins: PluginCollection, method: Callable[..., Any]) -> str | None:
    plugin = getattr(method, "__self__", None)
    return next((name for name, known in plugins.items() if known is plugin), None)


def _events(plugin: object) -> frozenset[str]:
    return frozenset(event for event in EVENTS if callable(getattr(plugin, f"on_{event}", None)))


def _written(name: str) -> str:
    """The name in mkdocs.yml: MkDocs puts the theme's before its own (`material/search`)."""
    return name.rpartition("/")[2]


def _finding(config: MkDocsConfig, code: str, what: Text, remedy: Text) -> Finding:
    return Finding(Family.SETTINGS, code, Place(Path(config.config_file_path or "mkdocs.yml").name), what, remedy)
