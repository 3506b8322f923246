"""All commands, in the order in which `kawaraban --help` lists them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from generator.cli.audit import audit
from generator.cli.build import build
from generator.cli.check import check
from generator.cli.doctor import doctor
from generator.cli.init import init
from generator.cli.language import say
from generator.cli.new import new
from generator.cli.publish import publish
from generator.cli.pull import pull
from generator.cli.serve import serve

app = typer.Typer(
    name="kawaraban",
    help=say(
        "社内報をつくる: Markdownと利用率の数字から静的サイトへ",
        "Internal newsletters from Markdown and adoption figures",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (init, new, check, pull, build, serve, publish, audit, doctor):
    app.command()(command)


class Language(StrEnum):
    """What `--lang` takes."""

    JA = "ja"
    EN = "en"


@app.callback()
def _options(
    lang: Annotated[
        Language | None, typer.Option("--lang", help=say("メッセージの言語", "language of messages"))
    ] = None,
) -> None:
    """Options of every command; `--lang` was read before (`generator.cli.language`)."""
