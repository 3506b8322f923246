"""The options that several commands have, so that each means the same everywhere."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import click

from generator.cli.language import say
from generator.cli.telling import Format


class Member(click.Choice[Enum]):
    """A member of an enumeration by its value; click by itself takes the names."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return str(choice.value if isinstance(choice, Enum) else choice)


class GivenPath(click.Path):
    """A path that somebody has meant: that of an empty variable would be the folder one stands in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail(say("名前が空です", "the name is empty"), param, ctx)
        return super().convert(value, param, ctx)


CONFIG_FILE = Path("mkdocs.yml")
config_file = click.option(
    "-f",
    "--config-file",
    type=GivenPath(),
    default=CONFIG_FILE,
    show_default=True,
    help=say("設定ファイル", "the configuration file"),
)
now = click.option(
    "--now",
    metavar="TIME",
    help=say(
        "この日時として動く（例 2026-11-20、2026-11-20T09:00+09:00）",
        "work as of this moment (2026-11-20 or 2026-11-20T09:00+09:00)",
    ),
)
site_dir = click.option(
    "-d",
    "--site-dir",
    type=GivenPath(),
    metavar="DIR",
    help=say("できたサイトの場所（設定より優先）", "the built site, instead of the configuration's"),
)
strict = click.option(
    "--strict",
    is_flag=True,
    help=say(
        "注意もエラーとして扱う。日付が過ぎただけのもの、承認を待つものでは止まらない",
        "treat warnings as errors, but not those that a passing date or a pending approval brings",
    ),
)
offline = click.option(
    "--offline", is_flag=True, help=say("取り込み済みのデータだけを使う", "use only data pulled before")
)
strict_data = click.option(
    "--strict-data",
    is_flag=True,
    help=say(
        "最新ではない数字が一つでもあれば失敗する（終了コード30）", "fail when a figure is not the newest (exit 30)"
    ),
)
output = click.option(
    "--format",
    "output",
    type=Member(Format),
    default=Format.TEXT.value,
    show_default=True,
    help=say("見つかった点の書式", "how findings are written"),
)
