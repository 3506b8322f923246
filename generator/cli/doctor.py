"""`kawaraban doctor`: whether everything needed is here."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_on_error
from generator.cli.language import LANGUAGE, say


@click.command(
    help=say(
        "動く環境かどうかを調べる。\n\n例: kawaraban doctor",
        "Examine whether everything needed is here.\n\nExample: kawaraban doctor",
    )
)
@options.config_file
def doctor(
    config_file: Path,
) -> None:
    from generator.doctor import examine
    from generator.errors import ExitCode

    with exit_on_error():
        checks = examine(config_file)
    for item in checks:
        mark = "✗" if not item.ok else "!" if item.may_stay else "✓"
        click.echo(f"{mark} {item.name.in_language(LANGUAGE)}: {item.detail.in_language(LANGUAGE)}")
        if item.may_stay or not item.ok:
            click.echo(f"    → {item.remedy.in_language(LANGUAGE)}")
    raise click.exceptions.Exit(ExitCode.OK if all(item.ok for item in checks) else ExitCode.CONTENT)
