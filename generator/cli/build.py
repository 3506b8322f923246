"""`kawaraban build`: the whole road from `content/` to a verified site."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.anomalies import accept, accept_anomaly, unknown
from generator.cli.exits import exit_if_partial, exit_on_error
from generator.cli.language import say
from generator.cli.outside import moment_of, outside
from generator.cli.shell import quoted
from generator.cli.telling import Format, report, tell

if TYPE_CHECKING:
    from generator.build.explain import Explanation
    from generator.build.glance import Glanced
    from generator.build.standing import Done
    from generator.model.finding import Finding


_MOST_JOBS = 1024
"""More is a slip of the fingers, and every one takes memory."""


@click.command(
    help=say(
        "サイトをつくる。どこかに問題があれば、前のサイトはそのまま残ります。\n\n例: kawaraban build -d site --strict",
        "Build the site. When anything is wrong, the site of before stays as it is.\n\n"
        "Example: kawaraban build -d site --strict",
    )
)
@options.config_file
@options.site_dir
@options.strict
@options.strict_data
@click.option(
    "--clean", is_flag=True, help=say("作業用フォルダーを空にしてから作る", "start from an empty working folder")
)
@click.option(
    "--explain",
    metavar="PATH",
    help=say(
        "この原稿やページを、なぜつくったか、なぜ前のままかを言う",
        "say why the pages of this file or address were rendered or reused",
    ),
)
@click.option(
    "--verify-cache",
    is_flag=True,
    help=say(
        "控えを使わずにもう一度つくり、同じサイトになることを確かめる",
        "build from nothing as well, and deliver only if both sites are the same",
    ),
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1, max=_MOST_JOBS),
    metavar="N",
    help=say("同時に使うプロセスの数（省くとCPUの数）", "worker processes (all cores when absent)"),
)
@options.now
@options.offline
@accept_anomaly
@options.output
def build(
    config_file: Path,
    site_dir: Path | None,
    strict: bool,
    strict_data: bool,
    clean: bool,
    explain: str | None,
    verify_cache: bool,
    jobs: int | None,
    now: str | None,
    offline: bool,
    accept_anomaly: tuple[str, ...],
    output: Format,
) -> None:
    started = time.monotonic()
    compared: int | None = None
    explanations: Sequence[Explanation] = ()
    mistyped: list[Finding] = []
    with exit_on_error(output, of_a_site=explain is None):
        given = (str(site_dir and site_dir.resolve()), str(strict), str(strict_data), str(offline))
        must_build = clean or verify_cache or explain is not None or bool(accept_anomaly)
        done, sight = (None, None) if must_build else _glance(config_file, now, given)
        if done is None:
            from generator.build.run import Run
            from generator.mkdocs_site import build_and_verify_cache, build_site, load_site

            site = load_site(config_file, strict=strict, site_dir=site_dir)
            accept(accept_anomaly, site.settings)
            with outside(now, site.settings, jobs) as effects:
                run = Run(
                    effects,
                    offline,
                    refuses_old=strict_data,
                    may_leave_as_is=not must_build,
                    options=given,
                    sight=sight,
                    explains=explain,
                    is_ours=True,
                )
                if verify_cache:
                    compared = build_and_verify_cache(site, run, clean=clean)
                else:
                    build_site(site, run, clean=clean)
            done, explanations = site.plugin.done, site.plugin.explanations
            mistyped = unknown(accept_anomaly, site.settings)
    report([*mistyped, *done.warnings], output, explanations if explain is not None else None)
    _tell_what_was_built(done, time.monotonic() - started, compared, output)
    look = _how_to_look(config_file, site_dir, now)
    tell(output, f"見るには: {look}", f"to look: {look}")
    exit_if_partial(done.is_partial)


def _glance(config_file: Path, now: str | None, options: tuple[str, ...]) -> Glanced:
    """What a look at files tells before anything that a build needs is loaded."""
    from generator.build.glance import glance
    from generator.effects import system_clock

    return glance(
        config_file, options, os.environ, lambda zone: system_clock() if now is None else moment_of(now, zone)
    )


def _pages(done: Done) -> str:
    """How many pages the site has, and how many of them are new: of a site that was checked before, none."""
    total = f"{done.made + done.reused:,}"
    if not done.made:
        return say(
            f"全 {total} ページ。どれも、前の check か build でつくったときから変わっていません",
            f"{total} pages, 0 rendered: none has changed since an earlier check or build rendered it",
        )
    return say(
        f"全 {total} ページ。{done.made:,} ページをつくり、{done.reused:,} ページは前につくったままです",
        f"{total} pages, {done.made:,} rendered, {done.reused:,} reused",
    )


def _tell_what_was_built(done: Done, seconds: float, compared: int | None, output: Format) -> None:
    """`compared` is how many files a build without the cache has made too; None where there was no such build."""
    pages = _pages(done)
    tell(
        output,
        f"{done.shown} を更新しました: {pages}（{seconds:.1f} 秒）。",
        f"built {done.shown}: {pages} ({seconds:.1f} s).",
    )
    if done.remark is not None:
        tell(output, done.remark.ja, done.remark.en)
    if compared is not None:
        tell(
            output,
            f"控えを確かめました: {compared:,} 個のファイルがすべて、控えなしでつくったものと同じです。",
            f"the cache is right: all {compared:,} files are the same as those of a build without it.",
        )


def _how_to_look(config_file: Path, site_dir: Path | None, now: str | None) -> str:
    """The command that shows what was built; `serve` makes a site of its own, and none of a folder somebody names."""
    if site_dir is not None:
        return quoted("python", "-m", "http.server", "--directory", str(site_dir))
    elsewhere = [] if config_file == options.CONFIG_FILE else ["-f", str(config_file)]
    return quoted("kawaraban", "serve", *elsewhere, *([] if now is None else ["--now", now]))
