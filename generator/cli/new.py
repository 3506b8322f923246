"""`kawaraban new`: a page to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_on_error
from generator.cli.language import say


@click.command(
    help=say(
        '記事のひな形をつくる（取材の質問つき、下書き）。\n\n例: kawaraban new story "朝礼の連絡をチャットに"',
        "Make a page with the interview questions filled in, as a draft.\n\nExample: kawaraban new story 'From mail to chat'",
    )
)
@click.argument(
    "page_type",
    metavar="TYPE",
    help="article story faq mvv campaign department champion issue notice guide",
)
@click.argument("title", metavar="TITLE", help=say("題", "the headline"))
@click.option("--campaign", help=say("よくある質問の取り組み", "the campaign a question belongs to"))
@click.option("--slug", help=say("ファイル名（英数字とハイフン）", "file name (ASCII)"))
@options.config_file
def new(
    page_type: str,
    title: str,
    campaign: str | None,
    slug: str | None,
    config_file: Path,
) -> None:
    from generator.effects import system_clock
    from generator.mkdocs_site import load_site
    from generator.scaffold import create_page

    with exit_on_error():
        settings = load_site(config_file).settings
        today = system_clock().astimezone(settings.zone).date()
        path = settings.shown(create_page(settings, page_type, title, today=today, slug=slug, campaign=campaign))
    click.echo(
        say(
            f"{path} をつくりました。書けたら status: published にしてください。",
            f"made {path}; set status: published when it is ready.",
        )
    )
