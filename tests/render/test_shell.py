"""What MkDocs is left to do, and that it does it as before."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from generator.render.mkdocs.shell import redirect


def test_the_theme_files_that_mkdocs_copies_are_those_it_would_find_itself(tmp_path: Path) -> None:
    custom = tmp_path / "ours"
    for name in ("assets/images/favicon.png", "assets/.hidden/a.css", ".git/a.css", "a.css/b.css"):
        (custom / name).parent.mkdir(parents=True, exist_ok=True)
        (custom / name).write_bytes(b"")
    theme = {"name": "material", "custom_dir": str(custom), "font": False}
    config = load_config(
        None, site_name="試し", docs_dir=str(custom), site_dir=str(tmp_path / "s"), plugins=[], theme=theme
    )
    redirect(config, tmp_path)
    ours, theirs = Files([]), Files([])
    ours.add_files_from_theme(config.theme.get_env(), config)
    theirs.add_files_from_theme(Theme.get_env(config.theme), config)
    assert [(file.src_uri, file.abs_src_path) for file in ours] == [(f.src_uri, f.abs_src_path) for f in theirs]
    assert "a.css/b.css" in {file.src_uri for file in ours}
