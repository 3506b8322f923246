"""The options that several commands have, so that each means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.language import say
from generator.cli.telling import Format

ConfigFile = Annotated[
    Path, typer.Option("-f", "--config-file", help=say("設定ファイル", "the configuration file"), show_default=True)
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help=say(
            "この日時として動く（例 2026-11-20、2026-11-20T09:00+09:00）",
            "work as of this moment (2026-11-20 or 2026-11-20T09:00+09:00)",
        ),
    ),
]
SiteDir = Annotated[
    Path | None,
    typer.Option(
        "-d",
        "--site-dir",
        metavar="DIR",
        help=say("できたサイトの場所（設定より優先）", "the built site, instead of the configuration's"),
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=say("注意もエラーとして扱う", "treat warnings as errors"))]
Offline = Annotated[
    bool, typer.Option("--offline", help=say("取り込み済みのデータだけを使う", "use only data pulled before"))
]
StrictData = Annotated[
    bool,
    typer.Option(
        "--strict-data",
        help=say(
            "最新ではない数字が一つでもあれば失敗する（終了コード30）", "fail when a figure is not the newest (exit 30)"
        ),
    ),
]
Output = Annotated[Format, typer.Option("--format", help=say("見つかった点の書式", "how findings are written"))]
