"""MkDocs as a library: load mkdocs.yml, run one build; its own complaints become findings."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import yaml
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from msgspec import Struct
from msgspec.structs import replace

from generator.declared.yaml_errors import full_width_colon
from generator.declared.yaml_fields import Origin
from generator.errors import EngineFailed, Rejected
from generator.model.finding import Family, Finding, Place, Text, nearest
from generator.render.mkdocs import configuration
from generator.render.mkdocs.theme_faults import bad_theme
from generator.render.refusals import not_writable
from generator.settings import Settings

_FULL_WIDTH_KEY = re.compile("[a-z_]+：")
_CODE_TAGS = ("tag:yaml.org,2002:python/object", "tag:yaml.org,2002:python/module")

# Material prints its end-of-life notice to every build unless told otherwise before MkDocs loads the theme.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

if TYPE_CHECKING:
    from generator.build.run import Run
    from generator.mkdocs_plugin import KawarabanPlugin


class LoadedSite(Struct, frozen=True):
    """A site whose mkdocs.yml was read and found to be in order."""

    config: MkDocsConfig
    plugin: KawarabanPlugin
    settings: Settings
    site_dir: Path


def load_site(
    config_file: Path, *, strict: bool = False, site_dir: Path | None = None, address: str | None = None
) -> LoadedSite:
    """Read mkdocs.yml. Raises Rejected when it is absent, unreadable, or not a Kawaraban site.

    `site_dir` and `address` (`HOST:PORT`) come before what is written there.
    """
    if not config_file.is_file():
        raise Rejected([_no_file(config_file)])
    _judge_yaml(config_file)
    with _complaints(config_file) as complaints:
        try:
            config = load_config(str(config_file), strict=strict, dev_addr=address)
        except ConfigurationError as error:
            raise Rejected([_complaint(config_file, str(error))]) from error
        except Abort as error:
            raise Rejected(complaints) from error
        except Exception as error:  # whatever a plugin or a YAML trick does while loading: the file is at fault
            raise Rejected([_complaint(config_file, f"{type(error).__name__}: {error}")]) from error
    plugin = config.plugins.get("kawaraban")
    if plugin is None:
        raise Rejected([_no_plugin(config_file)])
    known = [name for name, _ in config._schema]
    unknown = [str(key) for key in config.data if key not in [*known, "INHERIT"]]
    if unknown:
        raise Rejected([_unknown_key(config_file.name, key, known) for key in unknown])
    settings = configuration.settings_of(config, plugin.options)
    if site_dir is not None:
        # Not among MkDocs' options, which it judges as if they stood in mkdocs.yml.
        config.site_dir = str(site_dir.resolve())
        if overlaps := configuration.folders_in_each_other(config, settings, "--site-dir", "--site-dir"):
            raise Rejected(overlaps)
    return LoadedSite(config, plugin, settings, Path(config.site_dir))


def build_site(site: LoadedSite, run: Run, *, clean: bool = False) -> None:
    """One build. Raises Rejected with our findings, EngineFailed when MkDocs or a theme fails on its own."""
    from generator.mkdocs_build import finished_without_mkdocs  # the plugin has loaded it, and with it all verbs

    site.plugin.run = run
    if clean:
        for folder in ("cache", "pages", "staging"):
            shutil.rmtree(site.settings.private / folder, ignore_errors=True)
    with _complaints(site.settings.root / site.settings.config_file) as complaints:
        try:
            build = site.plugin.begin(site.config)
            if build is not None and not finished_without_mkdocs(build, site.config, run):
                build_with_mkdocs(site.config)
        except Abort as error:
            raise Rejected(complaints) if complaints else EngineFailed(str(error)) from error
        except jinja2.TemplateError as error:  # of the error page, which MkDocs renders itself
            raise Rejected([bad_theme(error)]) from error
        except OSError as error:  # MkDocs copies the theme's files
            raise Rejected([not_writable(error, site.settings.shown)]) from error
        finally:
            site.plugin.end()


def build_and_verify_cache(site: LoadedSite, run: Run, *, clean: bool = False) -> int:
    """Build from nothing beside the cache, then with it, and deliver only when both make the same files.

    Returns how many files were compared. Raises CacheDiffers, after which the cache is empty; Rejected and
    EngineFailed like `build_site`.
    """
    run = replace(run, effects=run.effects.stopped(), may_leave_as_is=False)  # the moment is the same for both
    # MkDocs changes a configuration while it builds: each build has its own.
    again = load_site(Path(site.config.config_file_path), strict=site.config.strict)
    again.config.site_dir = site.config.site_dir  # wherever that was given
    beside = site.settings.private / "verify"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        build_site(again, replace(run, works_in=beside, delivers=False))
        expected = again.plugin.files
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    build_site(site, replace(run, expected=expected), clean=clean)
    return len(expected)


@contextmanager
def _complaints(config_file: Path) -> Iterator[list[Finding]]:
    """What MkDocs logs as errors while the body runs, as findings; it raises without saying why."""
    found: list[Finding] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(_complaint(config_file, record.getMessage()))

    logger, listener = logging.getLogger("mkdocs"), Listener(logging.ERROR)
    logger.addHandler(listener)
    try:
        yield found
    finally:
        logger.removeHandler(listener)


def _complaint(config_file: Path, message: str) -> Finding:
    """What MkDocs says, on one line and without the folders of this machine."""
    file = config_file.name
    said = " ".join(message.replace(f"{config_file.resolve().parent}{os.sep}", "").split())
    return Finding(
        Family.SETTINGS,
        "mkdocs",
        Place(file),
        Text(f"MkDocsが設定を読めません（{said}）", f"MkDocs: {said}"),
        Text(f"{file} を直してください", f"correct {file}"),
    )


def _unknown_key(file: str, key: str, known: list[str]) -> Finding:
    what = Text(f"設定 `{key}` はありません", f"there is no setting `{key}`")
    return Finding(Family.SETTINGS, "unknown-setting", Place(file), what, nearest(key, known))


def _judge_yaml(config_file: Path) -> None:
    """Raises Rejected when mkdocs.yml is no YAML, or would run a program: it says what a site is and is none itself.

    `!!python/name:` only names a function of an installed package and stays allowed.
    """
    try:
        text = config_file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # MkDocs will say so
    origin = Origin(config_file.name, Family.SETTINGS)
    try:
        events = list(yaml.parse(text, yaml.SafeLoader))
    except yaml.YAMLError as failure:
        raise Rejected([origin.syntax_error(failure, text)]) from failure
    lines = text.split("\n")
    keys = [place for event in events if (place := _full_width_key(event, lines)) is not None]
    found = [origin.finding(full_width_colon(), origin.at(*place)) for place in keys]
    found += [_runs_code(config_file.name, line) for event in events if (line := _line_of_code(event))]
    if found:
        raise Rejected(found)


def _full_width_key(event: yaml.Event, lines: list[str]) -> tuple[int, int] | None:
    """Line and column of a text that has a line to itself, like `company：瓦版`, and was meant as a key and its value."""
    mark = event.start_mark
    if mark is None or not isinstance(event, yaml.ScalarEvent) or event.style or not _FULL_WIDTH_KEY.match(event.value):
        return None
    return (mark.line, mark.column) if not lines[mark.line][: mark.column].strip() else None


def _line_of_code(event: yaml.Event) -> int:
    """The line on which an event of mkdocs.yml asks for code to be run; 0 when it does not."""
    mark = event.start_mark
    is_object = (getattr(event, "tag", None) or "").startswith(_CODE_TAGS)
    is_hooks = isinstance(event, yaml.ScalarEvent) and event.value == "hooks" and mark is not None and not mark.column
    return mark.line + 1 if mark is not None and (is_object or is_hooks) else 0


def _runs_code(file: str, line: int) -> Finding:
    what = Text(
        "設定ファイルからプログラムを動かす書き方は使えません",
        "a configuration file may not run programs (`hooks`, `!!python/object`)",
    )
    remedy = Text(
        "その行を消し、必要ならプラグインとして入れてください", "remove the line; install what is needed as a plugin"
    )
    return Finding(Family.SETTINGS, "code-in-settings", Place(file, line), what, remedy)


def _no_file(path: Path) -> Finding:
    return Finding(
        Family.SETTINGS,
        "no-configuration",
        Place(path.as_posix()),
        Text("設定ファイルがありません", "there is no configuration file"),
        Text(
            "サイトのフォルダーで実行するか、`kawaraban init` で新しいサイトをつくってください",
            "run this in the folder of a site, or make a new one with `kawaraban init`",
        ),
    )


def _no_plugin(path: Path) -> Finding:
    return Finding(
        Family.SETTINGS,
        "no-plugin",
        Place(path.name),
        Text("`kawaraban` プラグインが書かれていません", "the plugin `kawaraban` is not listed"),
        Text("plugins に `- kawaraban` を足してください", "add `- kawaraban` under plugins"),
    )
