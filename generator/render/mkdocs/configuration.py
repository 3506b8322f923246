"""MkDocs' configuration as our settings, and what of it a newsletter cannot have."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.model.finding import Family, Finding, Place, Text
from generator.render.markdown import UNFIT_EXTENSIONS, MarkdownDialect
from generator.settings import Options, Settings


def settings_of(config: MkDocsConfig, options: Options) -> Settings:
    """The site's settings; call it before `docs_dir` is turned away from the authors' files."""
    site_url = config.site_url or ""
    return Settings(
        root=Path(config.config_file_path or "mkdocs.yml").resolve().parent,
        content=Path(config.docs_dir).resolve(),
        site_name=config.site_name,
        site_url=site_url if not site_url or site_url.endswith("/") else f"{site_url}/",
        options=options,
    )


def dialect_of(config: MkDocsConfig) -> MarkdownDialect:
    """The Markdown extensions that mkdocs.yml declares."""
    return MarkdownDialect(tuple(config.markdown_extensions), config.mdx_configs or {})


def unfit_settings(config: MkDocsConfig) -> list[Finding]:
    """What in mkdocs.yml would break Japanese text, or send readers' browsers to other servers."""
    place = Place(Path(config.config_file_path or "mkdocs.yml").name)
    findings = [
        Finding(
            Family.SETTINGS,
            "unfit-extension",
            place,
            Text(
                f"Markdown拡張 `{name}` は使えません（{UNFIT_EXTENSIONS[name]}）",
                f"the Markdown extension `{name}` breaks Japanese text or reads files outside the content",
            ),
            Text("markdown_extensions から外してください", "remove it from markdown_extensions"),
        )
        for name in config.markdown_extensions
        if name in UNFIT_EXTENSIONS
    ]
    if config.theme.name == "material" and config.theme.get("font") is not False:
        findings.append(
            Finding(
                Family.SETTINGS,
                "external-font",
                place,
                Text(
                    "テーマの文字を外部のサーバーから読み込む設定です",
                    "the theme would load its fonts from another server",
                ),
                Text("theme に `font: false` を書いてください", "write `font: false` under theme"),
            )
        )
    if not config.use_directory_urls:
        findings.append(
            Finding(
                Family.SETTINGS,
                "directory-urls",
                place,
                Text(
                    "`use_directory_urls: false` には対応していません", "`use_directory_urls: false` is not supported"
                ),
                Text("その行を消してください", "remove that line"),
            )
        )
    return findings
