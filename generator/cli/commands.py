"""All commands, in the order in which `kawaraban --help` lists them."""

from __future__ import annotations

from importlib import import_module

import click

from generator import __version__
from generator.cli.language import say

_NAMES = ("init", "new", "check", "pull", "build", "serve", "publish", "audit", "doctor")

# `\b`: click leaves the lines as they are.
_CODES_JA = """\b
終了コード:
  0   問題なし
  2   命令の書き間違い
  3   できたが、一部の数字が最新ではない
  20  記事か設定の間違い
  30  資料の間違い
  40  個人の情報を守れないので止めた
  50  公開や書き込みができない
  60  別の処理が進んでいる
  70  瓦版の不具合
  130 途中で止めた

くわしくは手引き（瓦版のソースの content/guide/）の「困ったとき」にあります。
"""
_CODES_EN = """\b
Exit codes:
  0   well
  2   wrong call
  3   built, but some figures are not the newest
  20  wrong in pages or settings
  30  wrong in data
  40  stopped to protect people
  50  not published, or not written
  60  under way elsewhere
  70  a bug of Kawaraban
  130 stopped from outside

The guide (content/guide/ in Kawaraban's source) tells what to do.
"""


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
    epilog=say(_CODES_JA, _CODES_EN),
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
