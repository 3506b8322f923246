"""MkDocs' configuration as our settings, and what of it a newsletter cannot have."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.model.finding import Family, Finding, Place, Text
from generator.render.markdown import UNFIT_EXTENSIONS, MarkdownDialect
from generator.settings import Options, Settings


def settings_of(config: MkDocsConfig, options: Options) -> Settings:
    """The site's settings; call it before `docs_dir` is turned away from the authors' files."""
    site_url = config.site_url or ""
    return Settings(
        root=_file_of(config).resolve().parent,
        config_file=_file_of(config).name,
        content=Path(config.docs_dir).resolve(),
        site_name=config.site_name,
        site_url=site_url if not site_url or site_url.endswith("/") else f"{site_url}/",
        options=options,
    )


def dialect_of(config: MkDocsConfig) -> MarkdownDialect:
    """The Markdown extensions that mkdocs.yml declares."""
    return MarkdownDialect(tuple(config.markdown_extensions), config.mdx_configs or {})


def unfit_settings(config: MkDocsConfig, settings: Settings) -> list[Finding]:
    """What in mkdocs.yml would break Japanese text, show what is private, or send readers' browsers elsewhere."""
    findings = folders_in_each_other(config, settings, "site_dir", _file_of(config).name)
    findings += [_unfit_extension(config, name) for name in config.markdown_extensions if name in UNFIT_EXTENSIONS]
    if config.theme.name == "material" and config.theme.get("font") is not False:
        what = Text(
            "テーマの文字を外部のサーバーから読み込む設定です", "the theme would load its fonts from another server"
        )
        remedy = Text("theme に `font: false` を書いてください", "write `font: false` under theme")
        findings.append(_finding(config, "external-font", what, remedy))
    if not config.use_directory_urls:
        what = Text("`use_directory_urls: false` には対応していません", "`use_directory_urls: false` is not supported")
        remedy = Text("その行を消してください", "remove that line")
        findings.append(_finding(config, "directory-urls", what, remedy))
    return findings


def folders_in_each_other(config: MkDocsConfig, settings: Settings, name: str, where: str) -> list[Finding]:
    """Person-level rows must not lie where pages are read or served, nor one of the two inside the other.

    Nor may a site lie where its own pages would be taken for templates, or among the files of Git.

    `name` is what the site's folder was given by, and `where` the place of that.
    """
    content = settings.content
    site_dir, private = (Path(os.path.realpath(folder)) for folder in (config.site_dir, settings.private))
    pairs = [("private_dir", private, "docs_dir", content), ("private_dir", private, name, site_dir)]
    pairs += [(name, site_dir, "docs_dir", content), ("docs_dir", content, name, site_dir)]
    pairs += [("docs_dir", content, "private_dir", private), (name, site_dir, "private_dir", private)]
    pairs += [(name, site_dir, apart, settings.root.resolve() / apart) for apart in ("theme_overrides", ".git")]
    remedy = Text("別々のフォルダーにしてください", "keep them in separate folders")
    return [
        Finding(
            Family.SETTINGS,
            "folders-overlap",
            Place(where),
            Text(f"`{inner}` が `{outer}` の中にあります", f"`{inner}` lies inside `{outer}`"),
            remedy,
        )
        for inner, below, outer, above in pairs
        if below.is_relative_to(above)
    ]


def _unfit_extension(config: MkDocsConfig, name: str) -> Finding:
    reason = UNFIT_EXTENSIONS[name]
    what = Text(
        f"Markdown拡張 `{name}` は使えません（{reason.ja}）",
        f"the Markdown extension `{name}` cannot be used: {reason.en}",
    )
    remedy = Text("markdown_extensions から外してください", "remove it from markdown_extensions")
    return _finding(config, "unfit-extension", what, remedy)


def _finding(config: MkDocsConfig, code: str, what: Text, remedy: Text) -> Finding:
    return Finding(Family.SETTINGS, code, Place(_file_of(config).name), what, remedy)


def _file_of(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml")
