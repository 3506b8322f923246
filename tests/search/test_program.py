"""The browser's part of the search, put together from its parts when the theme's files are written."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config

from generator.render.mkdocs.shell import redirect
from generator.theme import theme_folder

FOLDER = "assets/kb/search"
PROGRAM = f"{FOLDER}/program.js"


def test_a_site_has_the_program_as_one_file_and_not_its_parts(built_small_site: Path) -> None:
    site = built_small_site / "site"
    parts = [part.read_text("utf-8") for part in (theme_folder() / FOLDER / "program").iterdir()]
    assert len(parts) > 1
    program = (site / PROGRAM).read_text("utf-8")
    assert [part for part in parts if part not in program] == []
    assert not (site / FOLDER / "program").exists()


def test_what_templates_mean_by_braces_is_javascript_in_the_program(tmp_path: Path) -> None:
    braces = "const f = ({a: {b}}) => `${{ a, b }}{% if %}{# c #}`;\n\n\n{{"
    part = tmp_path / "ours" / FOLDER / "program" / "query.js"
    part.parent.mkdir(parents=True)
    part.write_text(braces, encoding="utf-8")
    theme = {"name": "material", "custom_dir": str(tmp_path / "ours"), "font": False}
    config = load_config(None, site_name="試し", docs_dir=str(tmp_path), plugins=[], theme=theme)
    redirect(config, tmp_path)
    assert braces in config.theme.get_env().get_template(PROGRAM).render()
