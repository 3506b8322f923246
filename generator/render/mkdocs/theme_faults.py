"""What is wrong with a template of the theme, or with what plugins do."""

from __future__ import annotations

import jinja2

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text


def fault_of(error: Exception) -> Finding | None:
    """A finding about an error of a template or of a plugin; None for every other error."""
    if isinstance(error, Rejected):
        return error.findings[0]
    return bad_theme(error) if isinstance(error, jinja2.TemplateError) else None


def bad_theme(error: jinja2.TemplateError) -> Finding:
    name = getattr(error, "name", None) or "main.html"
    return Finding(
        Family.SETTINGS,
        "bad-theme",
        Place(f"theme_overrides/{name}", getattr(error, "lineno", None) or 0),
        Text(f"テーマのテンプレートを使えません（{error}）", f"a template of the theme cannot be used: {error}"),
        Text(
            "custom_dir のテンプレートか、mkdocs.yml の theme の設定（language など）を直してください",
            "correct the template in custom_dir, or the theme's settings (such as language) in mkdocs.yml",
        ),
    )
