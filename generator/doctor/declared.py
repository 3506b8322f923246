"""What mkdocs.yml says about folders and about us, read without MkDocs: the doctor works when MkDocs does not."""

from __future__ import annotations

from pathlib import Path

import yaml
from msgspec import Struct

from generator.model.finding import Finding, Text
from generator.settings import Options, read_options


class Declared(Struct, frozen=True):
    """A site as its mkdocs.yml declares it, or its defaults beside the `problem` that kept it from being read."""

    config_file: Path
    content: Path
    site_dir: Path
    options: Options
    findings: tuple[Finding, ...] = ()
    """What is wrong with the plugin's own settings."""
    problem: Text | None = None

    @property
    def root(self) -> Path:
        return self.config_file.parent

    @property
    def private(self) -> Path:
        return self.root / self.options.private_dir


class _Loader(yaml.SafeLoader):
    """Reads past the tags that MkDocs and its extensions add (`!ENV`, `!!python/name:…`)."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def read_declared(config_file: Path) -> Declared:
    """Read mkdocs.yml; never raises."""
    config_file = config_file.absolute()
    try:
        raw = yaml.load(config_file.read_text("utf-8-sig"), _Loader)  # noqa: S506 (a SafeLoader)
    except FileNotFoundError:
        return _unread(config_file, Text("ファイルがありません", "there is no such file"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unread(config_file, Text(f"読めません（{reason}）", f"it cannot be read: {reason}"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        line = _line_of(error)
        return _unread(config_file, Text(f"YAMLとして読めません{line.ja}", f"it is not YAML in UTF-8{line.en}"))
    if not isinstance(raw, dict):
        return _unread(config_file, Text("設定が書かれていません", "it holds no settings"))
    return _declared(config_file, raw)


def _declared(config_file: Path, raw: dict[str, object]) -> Declared:
    root = config_file.parent
    content, site_dir = root / str(raw.get("docs_dir", "docs")), root / str(raw.get("site_dir", "site"))
    ours = _our_settings(raw.get("plugins"))
    if ours is None:
        problem = Text("plugins に `kawaraban` がありません", "`kawaraban` is not among the plugins")
        return Declared(config_file, content, site_dir, Options(), problem=problem)
    options, findings = read_options(ours, config_file.read_text("utf-8-sig"), config_file.name)
    return Declared(config_file, content, site_dir, options, tuple(findings))


def _unread(config_file: Path, problem: Text) -> Declared:
    root = config_file.parent
    return Declared(config_file, root / "docs", root / "site", Options(), problem=problem)


def _our_settings(plugins: object) -> dict[str, object] | None:
    """The mapping below `kawaraban`, in either form of a plugin list; None when it is not listed."""
    entries = plugins.items() if isinstance(plugins, dict) else []
    for plugin in plugins if isinstance(plugins, list) else []:
        entries = [*entries, *(plugin.items() if isinstance(plugin, dict) else [(plugin, {})])]
    for name, settings in entries:
        if name == "kawaraban":
            return {str(key): value for key, value in settings.items()} if isinstance(settings, dict) else {}
    return None


def _line_of(error: Exception) -> Text:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return Text("", "") if mark is None else Text(f"（{mark.line + 1}行目）", f" (line {mark.line + 1})")
