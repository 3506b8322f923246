"""`kawaraban check`: judge pages and data without building."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_if_partial, exit_on_error
from generator.cli.language import say
from generator.cli.outside import outside
from generator.cli.telling import Format, report, tell


@click.command(
    help=say(
        "書いたものとデータを確かめる（サイトは作らない）。\n\n例: kawaraban check --format github",
        "Judge pages and data without building.\n\nExample: kawaraban check --format github",
    )
)
@options.config_file
@options.strict
@options.strict_data
@options.offline
@options.now
@options.output
def check(
    config_file: Path,
    strict: bool,
    strict_data: bool,
    offline: bool,
    now: str | None,
    output: Format,
) -> None:
    from generator.build.run import Run
    from generator.mkdocs_site import build_site, load_site

    with exit_on_error(output):
        site = load_site(config_file, strict=strict)
        with outside(now, site.settings) as effects:
            build_site(site, Run(effects, offline, refuses_old=strict_data, delivers=False, is_ours=True))
    judged = site.plugin.done
    report(judged.warnings, output)
    pages = judged.made + judged.reused
    if judged.warnings:
        count = len(judged.warnings)
        tell(
            output,
            f"エラーはありません（注意 {count} 件、{pages} ページ）。",
            f"no errors, {count} to heed ({pages} pages).",
        )
    else:
        tell(output, f"問題ありません（{pages} ページ）。", f"all good ({pages} pages).")
    exit_if_partial(judged.is_partial)
