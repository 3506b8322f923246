"""`kawaraban init`: a new site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_on_error
from generator.cli.language import say
from generator.cli.shell import quoted


@click.command(
    help=say(
        "新しいサイトをつくる。できたフォルダーはそのまま build できます。\n\n例: kawaraban init tayori --title 情シスだより",
        "Make a new site that builds at once.\n\nExample: kawaraban init tayori --title 'IT News'",
    )
)
@click.argument("folder", metavar="DIR", type=options.GivenPath(), help=say("つくる場所", "where to make it"))
@click.option("--title", default="社内瓦版", show_default=True, help=say("紙面の名前", "name of the newsletter"))
def init(
    folder: Path,
    title: str,
) -> None:
    from zoneinfo import ZoneInfo

    from generator.effects import system_clock
    from generator.scaffold import create_site
    from generator.settings import Options

    with exit_on_error():
        today = system_clock().astimezone(ZoneInfo(Options().timezone)).date()
        files = create_site(folder, title=title, today=today)
    click.echo(say(f"{folder} に {len(files)} 個のファイルをつくりました。", f"made {len(files)} files in {folder}."))
    there = quoted(str(folder))
    click.echo(say(f"次は: cd {there} && kawaraban serve", f"next: cd {there} && kawaraban serve"))
