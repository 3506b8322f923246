"""`kawaraban serve`: look while you write."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from threading import Timer
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli import ctrl_c, options
from generator.cli.exits import exit_on_error
from generator.cli.language import LANGUAGE, say
from generator.cli.outside import moment_of
from generator.cli.telling import Format, report

if TYPE_CHECKING:
    from generator.model.finding import Finding
    from generator.serve.serving import Event

_LONGEST_END = 5.0
"""Seconds after Ctrl-C in which what is kept may still be noted; nothing but time is lost without."""
_LAST_PORT = 2**16 - 1


def _address(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """What MkDocs takes in `dev_addr`: an address of this machine, or `localhost`, and a port."""
    if given is None:
        return None
    host, _, port = given.rpartition(":")
    if not (_is_host(host) and port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise click.BadParameter(
            say(
                f"`{given}` では待ち受けられません（例 `127.0.0.1:8000`、`localhost:8000`）",
                f"cannot listen on `{given}` (`127.0.0.1:8000`, `localhost:8000`)",
            )
        )
    return given


def _is_host(host: str) -> bool:
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return host == "localhost"
    return True


@click.command(
    help=say(
        "書きながら見る。下書きも表示し、保存するたびに画面が新しくなります。\n\n例: kawaraban serve --address 127.0.0.1:8000",
        "Look while you write, drafts included. Every save renews the page.\n\nExample: kawaraban serve --address 127.0.0.1:8000",
    )
)
@options.config_file
@click.option(
    "--address",
    "-a",
    metavar="HOST:PORT",
    callback=_address,
    help=say(
        "待ち受ける場所（省くと設定の `dev_addr`、なければ 127.0.0.1:8000）",
        "where to listen (`dev_addr` of the configuration when absent, else 127.0.0.1:8000)",
    ),
)
@options.strict
@options.now
@click.option(
    "--published-only",
    is_flag=True,
    help=say(
        "読者に見えるものだけを表示する（ふだんは、下書きや公開前の記事も印を付けて表示）",
        "show only what readers get (otherwise drafts and pages to come are shown too, marked)",
    ),
)
def serve(
    config_file: Path,
    address: str | None,
    strict: bool,
    now: str | None,
    published_only: bool,
) -> None:
    from generator.effects import Effects
    from generator.mkdocs_site import load_site
    from generator.serve.serving import serving
    from generator.serve.warm_site import WarmSite
    from generator.workers import Workers

    signal.signal(signal.SIGINT, _end)
    with suppress(KeyboardInterrupt), exit_on_error():
        moment = None if now is None else moment_of(now, load_site(config_file, strict=strict).settings.zone)
        effects = Effects.at(moment, Workers(os.cpu_count() or 1))
        warm = WarmSite(config_file, effects, strict=strict, address=address, shows_unpublished=not published_only)
        told: set[Finding] = set()
        for event in serving(warm, LANGUAGE):
            _tell_of(event, told)


def _end(signal_number: int, frame: FrameType | None) -> NoReturn:
    """Ctrl-C ends it whatever it waits for: a busy disk, a thread of a library."""
    last = Timer(_LONGEST_END, os._exit, (0,))
    last.daemon = True
    last.start()
    ctrl_c.press(signal_number, frame)


def _tell_of(event: Event, told: set[Finding]) -> None:
    """What happened under `serve`; a warning that was `told` already is not repeated on every save."""
    from generator.serve.serving import Refused, Renewed, Serving

    match event:
        case Serving(url):
            click.echo(say(f"{url} で見られます（終わるには Ctrl-C）。", f"look at {url} (Ctrl-C to stop)."))
        case Renewed(done, seconds):
            report([warning for warning in done.warnings if warning not in told], Format.TEXT)
            told.clear()
            told.update(done.warnings)
            pages, took = f"{done.made:,}", f"{seconds:.1f}"
            click.echo(say(f"{pages} ページを更新しました（{took} 秒）。", f"{pages} pages renewed ({took} s)."))
        case Refused(error, until_mended):
            report(error.findings, Format.TEXT)
            click.echo(until_mended.in_language(LANGUAGE), err=True)
