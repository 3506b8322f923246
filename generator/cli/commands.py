"""All commands, in the order in which `kawaraban --help` lists them."""

from __future__ import annotations

from importlib import import_module

import click

from generator import __version__
from generator.cli.language import say

_NAMES = ("init", "new", "check", "pull", "build", "serve", "publish", "audit", "doctor")


class Commands(click.Group):
    """Each command stands in the file of its name, which is loaded when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _NAMES:
            # Not None: click would look for what may have been meant among commands that are loaded, and none is.
            raise click.NoSuchCommand(cmd_name, possibilities=_NAMES, ctx=ctx)
        command = getattr(import_module(f"generator.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=Commands,
    help=say(
        "社内報をつくる: Markdownと利用率の数字から静的サイトへ",
        "Internal newsletters from Markdown and adoption figures",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__,
    prog_name="kawaraban",
    message="%(prog)s %(version)s",
    help=say("版を表示する", "say which release this is"),
)
@click.option("--lang", type=click.Choice(["ja", "en"]), help=say("メッセージの言語", "language of messages"))
def app(lang: str | None) -> None:
    """Options of every command; `--lang` was read before (`generator.cli.language`)."""
