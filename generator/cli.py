"""The door for people: the command `kawaraban`. Only this module prints and exits.

Imports stand inside the commands: `kawaraban --help` answers in a fifth of a second, and what a command does not
use it does not load.
"""

from __future__ import annotations

import gc
import io
import locale
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.reporting import FORMATS, explanations_to_json, explanations_to_text, spoken_language

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from generator.build.explain import Explanation
    from generator.build.standing import Done
    from generator.effects import Effects
    from generator.errors import KawarabanError
    from generator.model.finding import Finding
    from generator.serve.serving import Event
    from generator.settings import Settings


class Language(StrEnum):
    """What `--lang` takes."""

    JA = "ja"
    EN = "en"


class Format(StrEnum):
    """What `--format` takes; `generator.reporting` writes them."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def _spoken() -> str:
    """The language of this run, needed before the options are parsed because `--help` speaks it too."""
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2]:
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return spoken_language(os.environ, locale.getlocale()[0])


LANGUAGE = _spoken()


def say(ja: str, en: str) -> str:
    """The sentence in the language of this run."""
    return ja if LANGUAGE == "ja" else en


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


def _signs(given: list[str] | None) -> list[str] | None:
    """The signs of anomalies as typed; they are eight characters each."""
    if not given:
        return given
    from generator.measure.accepted import is_sign  # with all of `measure`, which a build of nothing new does without

    for sign in given:
        if not is_sign(sign):
            raise typer.BadParameter(
                say(f"`{sign}` はメッセージにある8文字ではありません", f"`{sign}` is not the 8 characters of a message")
            )
    return given


class AuditFormat(StrEnum):
    """What `--format` of `audit` takes."""

    TEXT = "text"
    JSON = "json"


ConfigFile = Annotated[
    Path, typer.Option("-f", "--config-file", help=say("設定ファイル", "the configuration file"), show_default=True)
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help=say(
            "この日時として作る（例 2026-11-20、2026-11-20T09:00+09:00）",
            "build as of this moment (2026-11-20 or 2026-11-20T09:00+09:00)",
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
Clean = Annotated[
    bool, typer.Option("--clean", help=say("作業用フォルダーを空にしてから作る", "start from an empty working folder"))
]
VerifyCache = Annotated[
    bool,
    typer.Option(
        "--verify-cache",
        help=say(
            "控えを使わずにもう一度つくり、同じサイトになることを確かめる",
            "build from nothing as well, and deliver only if both sites are the same",
        ),
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        min=1,
        help=say("同時に使うプロセスの数（省くとCPUの数）", "worker processes (all cores when absent)"),
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="PATH",
        help=say(
            "この原稿やページを、なぜつくったか、なぜ前のままかを言う",
            "say why the pages of this file or address were rendered or reused",
        ),
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=say("注意もエラーとして扱う", "treat warnings as errors"))]
Offline = Annotated[
    bool, typer.Option("--offline", help=say("取り込み済みのデータだけを使う", "use only data pulled before"))
]
AcceptAnomaly = Annotated[
    list[str] | None,
    typer.Option(
        "--accept-anomaly",
        metavar="ID",
        callback=_signs,
        help=say(
            "前の月と大きく違う数字を、正しいものとして載せる（何度でも書けます）",
            "publish a figure that is far from the month before: it is right (may be repeated)",
        ),
    ),
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


@app.callback()
def _options(
    lang: Annotated[
        Language | None, typer.Option("--lang", help=say("メッセージの言語", "language of messages"))
    ] = None,
) -> None:
    """Options of every command; `--lang` was read before (`_spoken`)."""


@app.command(
    help=say(
        "新しいサイトをつくる。できたフォルダーはそのまま build できます。\n\n例: kawaraban init tayori --title 情シスだより",
        "Make a new site that builds at once.\n\nExample: kawaraban init tayori --title 'IT News'",
    )
)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("つくる場所", "where to make it"))],
    title: Annotated[str, typer.Option("--title", help=say("紙面の名前", "name of the newsletter"))] = "社内瓦版",
) -> None:
    from zoneinfo import ZoneInfo

    from generator.effects import system_clock
    from generator.scaffold import create_site
    from generator.settings import Options

    with _errors():
        today = system_clock().astimezone(ZoneInfo(Options().timezone)).date()
        files = create_site(folder, title=title, today=today)
    typer.echo(say(f"{folder} に {len(files)} 個のファイルをつくりました。", f"made {len(files)} files in {folder}."))
    typer.echo(say(f"次は: cd {folder} && kawaraban serve", f"next: cd {folder} && kawaraban serve"))


@app.command(
    help=say(
        '記事のひな形をつくる（取材の質問つき、下書き）。\n\n例: kawaraban new story "朝礼の連絡をチャットに"',
        "Make a page with the interview questions filled in, as a draft.\n\nExample: kawaraban new story 'From mail to chat'",
    )
)
def new(
    page_type: Annotated[
        str,
        typer.Argument(metavar="TYPE", help="article story faq mvv campaign department champion issue notice guide"),
    ],
    title: Annotated[str, typer.Argument(metavar="TITLE", help=say("題", "the headline"))],
    campaign: Annotated[
        str | None, typer.Option("--campaign", help=say("よくある質問の取り組み", "the campaign a question belongs to"))
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", help=say("ファイル名（英数字とハイフン）", "file name (ASCII)"))
    ] = None,
    config_file: ConfigFile = Path("mkdocs.yml"),
) -> None:
    from generator.effects import system_clock
    from generator.mkdocs_site import load_site
    from generator.scaffold import create_page

    with _errors():
        settings = load_site(config_file).settings
        today = system_clock().astimezone(settings.zone).date()
        path = settings.shown(create_page(settings, page_type, title, today=today, slug=slug, campaign=campaign))
    typer.echo(
        say(
            f"{path} をつくりました。書けたら status: published にしてください。",
            f"made {path}; set status: published when it is ready.",
        )
    )


@app.command(
    help=say(
        "書いたものとデータを確かめる（サイトは作らない）。\n\n例: kawaraban check --format github",
        "Judge pages and data without building.\n\nExample: kawaraban check --format github",
    )
)
def check(
    config_file: ConfigFile = Path("mkdocs.yml"),
    strict: Strict = False,
    strict_data: StrictData = False,
    offline: Offline = False,
    now: Now = None,
    output: Output = Format.TEXT,
) -> None:
    from generator.build.run import Run
    from generator.mkdocs_site import build_site, load_site

    with _errors(output):
        site = load_site(config_file, strict=strict)
        with _effects(now, site.settings) as effects:
            build_site(site, Run(effects, offline, refuses_old=strict_data, delivers=False, is_ours=True))
    judged = site.plugin.done
    _report(judged.warnings, output)
    pages = judged.made + judged.reused
    if judged.warnings:
        count = len(judged.warnings)
        _tell(
            output,
            f"エラーはありません（注意 {count} 件、{pages} ページ）。",
            f"no errors, {count} to heed ({pages} pages).",
        )
    else:
        _tell(output, f"問題ありません（{pages} ページ）。", f"all good ({pages} pages).")
    _exit_if_partial(judged.is_partial)


@app.command(
    help=say(
        "データを取り込む。人ごとの行は非公開フォルダーにだけ置かれます。\n\n例: kawaraban pull",
        "Pull data from its sources; person-level rows stay in the private folder.\n\nExample: kawaraban pull",
    )
)
def pull(
    config_file: ConfigFile = Path("mkdocs.yml"),
    offline: Offline = False,
    accept_anomaly: AcceptAnomaly = None,
    strict_data: StrictData = False,
    output: Output = Format.TEXT,
) -> None:
    from generator import pipeline
    from generator.measure import accept_anomalies
    from generator.mkdocs_site import load_site
    from generator.model.snapshot import SnapshotStatus
    from generator.pull import pull as pull_sources

    with _errors(output):
        settings = load_site(config_file).settings
        if accept_anomaly:
            accept_anomalies(settings, accept_anomaly)
        with _effects(None, settings) as effects:
            snapshots, findings = pull_sources(settings, effects, offline=offline)
        warnings = pipeline.accept(findings, strict=False)
        is_partial = any(s.status is SnapshotStatus.STALE for s in snapshots.by_source.values())
        if strict_data:
            pipeline.refuse_old(warnings, is_partial=is_partial)
    _report(warnings, output)
    for name, snapshot in sorted(snapshots.by_source.items()):
        until = snapshot.watermark.isoformat() if snapshot.watermark else "-"
        line = f"{name:24} {snapshot.rows:>10,}  {until:>10}  {snapshot.status.value}"
        _tell(output, line, line)
    private = settings.shown(settings.private)
    _tell(output, f"保存先: {private}（公開されません）", f"kept in {private} (never published)")
    _exit_if_partial(is_partial)


@app.command(
    help=say(
        "サイトをつくる。どこかに問題があれば、前のサイトはそのまま残ります。\n\n例: kawaraban build -d site --strict",
        "Build the site; when anything is wrong, the site of before stays as it is.\n\n"
        "Example: kawaraban build -d site --strict",
    )
)
def build(
    config_file: ConfigFile = Path("mkdocs.yml"),
    site_dir: SiteDir = None,
    strict: Strict = False,
    strict_data: StrictData = False,
    clean: Clean = False,
    explain: Explain = None,
    verify_cache: VerifyCache = False,
    jobs: Jobs = None,
    now: Now = None,
    offline: Offline = False,
    accept_anomaly: AcceptAnomaly = None,
    output: Output = Format.TEXT,
) -> None:
    started, compared = time.monotonic(), None
    with _errors(output):
        options = (str(site_dir and site_dir.resolve()), str(strict), str(strict_data), str(offline))
        must_build = clean or verify_cache or explain is not None or bool(accept_anomaly)
        explanations: list[Explanation] = []
        done = None if must_build else _glance(config_file, now, options)
        if done is None:
            from generator.build.run import Run
            from generator.mkdocs_site import build_and_verify_cache, build_site, load_site

            site = load_site(config_file, strict=strict, site_dir=site_dir)
            if accept_anomaly:
                from generator.measure import accept_anomalies

                accept_anomalies(site.settings, accept_anomaly)
            with _effects(now, site.settings, jobs) as effects:
                run = Run(
                    effects,
                    offline,
                    refuses_old=strict_data,
                    may_leave_as_is=not must_build,
                    options=options,
                    explains=explain,
                    is_ours=True,
                )
                if verify_cache:
                    compared = build_and_verify_cache(site, run, clean=clean)
                else:
                    build_site(site, run, clean=clean)
            done, explanations = site.plugin.done, site.plugin.explanations
    _report(done.warnings, output, explanations if explain is not None else None)
    seconds, shown = time.monotonic() - started, done.shown
    _tell(
        output,
        f"{shown} を更新しました: {done.made:,} ページを作成、{done.reused:,} ページはそのまま（{seconds:.1f} 秒）。",
        f"built {shown}: {done.made:,} rendered, {done.reused:,} reused ({seconds:.1f} s).",
    )
    if done.remark is not None:
        _tell(output, done.remark.ja, done.remark.en)
    if compared is not None:
        _tell(
            output,
            f"控えを確かめました: {compared:,} 個のファイルがすべて、控えなしでつくったものと同じです。",
            f"the cache is right: all {compared:,} files are the same as those of a build without it.",
        )
    _tell(
        output,
        "見るには: kawaraban serve",
        "to look: kawaraban serve",
    )
    _exit_if_partial(done.is_partial)


def _glance(config_file: Path, now: str | None, options: tuple[str, ...]) -> Done | None:
    """What a look at files tells of a build that has nothing to do; None to build."""
    from generator.build.glance import glance
    from generator.effects import system_clock

    return glance(config_file, options, os.environ, lambda zone: system_clock() if now is None else _moment(now, zone))


@app.command(
    help=say(
        "書きながら見る。保存するたびに画面が新しくなります。\n\n例: kawaraban serve --address 127.0.0.1:8000",
        "Look while you write; every save renews the page.\n\nExample: kawaraban serve --address 127.0.0.1:8000",
    )
)
def serve(
    config_file: ConfigFile = Path("mkdocs.yml"),
    address: Annotated[
        str | None, typer.Option("--address", "-a", metavar="HOST:PORT", help=say("待ち受ける場所", "where to listen"))
    ] = None,
    strict: Strict = False,
    now: Now = None,
) -> None:
    from generator.effects import Effects, system_clock
    from generator.mkdocs_site import load_site
    from generator.serve.serving import serving
    from generator.serve.warm_site import WarmSite
    from generator.workers import Workers

    with _errors(), suppress(KeyboardInterrupt):
        moment = None if now is None else _moment(now, load_site(config_file, strict=strict).settings.zone)
        clock = system_clock if moment is None else lambda: moment
        effects = Effects(clock=clock, workers=Workers(os.cpu_count() or 1))
        told: set[Finding] = set()
        for event in serving(WarmSite(config_file, effects, strict, address), LANGUAGE):
            _tell_of(event, told)


def _tell_of(event: Event, told: set[Finding]) -> None:
    """What happened under `serve`; a warning that was `told` already is not repeated on every save."""
    from generator.serve.serving import Refused, Renewed, Serving

    match event:
        case Serving(url):
            typer.echo(say(f"{url} で見られます（終わるには Ctrl-C）。", f"look at {url} (Ctrl-C to stop)."))
        case Renewed(done, seconds):
            _report([warning for warning in done.warnings if warning not in told], Format.TEXT)
            told.clear()
            told.update(done.warnings)
            pages, took = f"{done.made:,}", f"{seconds:.1f}"
            typer.echo(say(f"{pages} ページを更新しました（{took} 秒）。", f"{pages} pages renewed ({took} s)."))
        case Refused(error):
            _report(error.findings, Format.TEXT)
            stays = say(
                "直して保存するまで、前のページを表示します。", "the pages of before are shown until it is mended."
            )
            typer.echo(stays, err=True)


@app.command(
    help=say(
        "できたサイトを公開先に反映する。切り替えは一瞬で、前の版に戻せます。\n\n例: kawaraban publish /srv/kawaraban",
        "Put a built site where it is served: switched in one step, with a way back.\n\n"
        "Example: kawaraban publish /srv/kawaraban",
    )
)
def publish(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help=say("公開先（current が現在の版）", "the target; `current` in it is what to serve")
        ),
    ],
    config_file: ConfigFile = Path("mkdocs.yml"),
    site_dir: SiteDir = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help=say("ひとつ前の版に戻す", "go back to the release before"))
    ] = False,
    allow_shrink: Annotated[
        bool,
        typer.Option(
            "--allow-shrink",
            help=say("ページが3割以上減っていても公開する", "publish even when 30 % of the pages are gone"),
        ),
    ] = False,
    output: Output = Format.TEXT,
) -> None:
    from generator import publish as publishing
    from generator.ledger import ledger_path
    from generator.mkdocs_site import load_site

    with _errors(output):
        site = load_site(config_file, site_dir=site_dir)
        with _effects(None, site.settings) as effects:
            if rollback:
                release = publishing.rollback(target, effects)
            else:
                _refuse_content(target, site.settings)
                release = publishing.publish(
                    *(site.site_dir, target, effects),
                    stamp=publishing.stamp_path(site.settings),
                    ledger=ledger_path(site.settings),
                    allow_shrink=allow_shrink,
                )
    current = target / "current"
    if rollback:
        _tell(output, f"{release.id} に戻しました（{current}）。", f"went back to {release.id} ({current}).")
    elif release.is_new:
        _tell(output, f"{release.id} を公開しました（{current}）。", f"published {release.id} ({current}).")
    else:
        _tell(
            output, f"{release.id} と同じ内容です。何も変えていません。", f"the same as {release.id}: nothing changed."
        )


@app.command(
    help=say(
        "隠した数字の理由と、隠さなければ何が分かるかを言う。答えには守っている人数が出るので、人に渡さないでください。"
        "\n\n例: kawaraban audit",
        "Tell why figures are hidden, and what could be worked out otherwise. The answer tells what is protected: "
        "keep it to yourself.\n\nExample: kawaraban audit",
    )
)
def audit(
    config_file: ConfigFile = Path("mkdocs.yml"),
    now: Now = None,
    offline: Offline = False,
    output: Annotated[
        AuditFormat, typer.Option("--format", help=say("答えの書式", "how it is told"))
    ] = AuditFormat.TEXT,
) -> None:
    from generator import pipeline
    from generator.auditing import audited
    from generator.mkdocs_site import load_site

    with _errors():
        settings = load_site(config_file).settings
        with _effects(now, settings) as effects:
            found, findings = audited(settings, effects, offline=offline)
        pipeline.accept(findings, strict=False)
    typer.echo(found.as_json() if output is AuditFormat.JSON else found.as_text(LANGUAGE))
    with _errors():
        _report(pipeline.accept(found.findings, strict=False), Format.TEXT)


@app.command(
    help=say(
        "動く環境かどうかを調べる。\n\n例: kawaraban doctor",
        "Examine whether everything needed is here.\n\nExample: kawaraban doctor",
    )
)
def doctor(config_file: ConfigFile = Path("mkdocs.yml")) -> None:
    from generator.doctor import examine
    from generator.errors import ExitCode

    with _errors():
        checks = examine(config_file)
    for item in checks:
        mark = "✓" if item.ok else "✗"
        typer.echo(f"{mark} {item.name.in_language(LANGUAGE)}: {item.detail.in_language(LANGUAGE)}")
        if not item.ok:
            typer.echo(f"    → {item.remedy.in_language(LANGUAGE)}")
    raise typer.Exit(ExitCode.OK if all(item.ok for item in checks) else ExitCode.CONTENT)


def _refuse_content(target: Path, settings: Settings) -> None:
    """Releases among the authors' files would be read as content by the next build. Raises Rejected."""
    from generator.errors import Rejected
    from generator.model.finding import Family, Finding, Place, Text

    if target.resolve() != settings.root and not target.resolve().is_relative_to(settings.content):
        return
    what = Text("公開先が、サイトの元になるフォルダーです", "the target is the folder that the site is made from")
    remedy = Text("サイトの外のフォルダーを指定してください", "name a folder outside the site")
    raise Rejected([Finding(Family.PUBLISH, "target-in-content", Place(str(target)), what, remedy)])


@contextmanager
def _errors(output: Format = Format.TEXT) -> Iterator[None]:
    """The one place where errors become sentences and an exit code."""
    from generator.errors import ExitCode, KawarabanError

    try:
        yield
    except KawarabanError as error:
        if not error.findings:
            _own_up(error)
        _report(error.findings, output)
        if output is Format.TEXT and error.findings:
            typer.echo(_closing(error), err=True)
        raise typer.Exit(error.exit_code) from error
    except (typer.Exit, typer.BadParameter):
        raise
    except (KeyboardInterrupt, BrokenPipeError):
        raise typer.Exit(130) from None
    except Exception as error:  # the last door: a bug of ours is said as one, with what is needed to report it
        _own_up(error)
        raise typer.Exit(ExitCode.BUG) from error


def _own_up(error: Exception) -> None:
    """Something that nobody's input should lead to."""
    if os.environ.get("KAWARABAN_DEBUG"):
        raise error
    kind = f"{type(error).__name__}: {error}"
    typer.echo(say(f"瓦版の不具合です（{kind}）。", f"this is a bug in Kawaraban ({kind})."), err=True)
    typer.echo(
        say(
            "KAWARABAN_DEBUG=1 を付けて実行すると詳細が出ます。前のサイトはそのままです。",
            "run with KAWARABAN_DEBUG=1 for details; the site of before is untouched.",
        ),
        err=True,
    )


def _closing(error: KawarabanError) -> str:
    count = sum(finding.is_error for finding in error.findings)
    return say(
        f"エラー {count} 件。前のサイトはそのままです（終了コード {int(error.exit_code)}）。",
        f"{count} error(s); the site of before is untouched (exit code {int(error.exit_code)}).",
    )


def _report(findings: Sequence[Finding], output: Format, explanations: Sequence[Explanation] | None = None) -> None:
    """Findings go to stderr as sentences and to stdout as data for machines; explanations are what was asked for."""
    if explanations is not None and output is Format.JSON:
        typer.echo(explanations_to_json(explanations, findings, LANGUAGE))
        return
    text = FORMATS[output.value](findings, LANGUAGE)
    if text:
        typer.echo(text, err=output is Format.TEXT)
    if explanations is not None:
        # The other formats have no place for them, and nothing else may stand in their output.
        typer.echo(explanations_to_text(explanations, LANGUAGE), err=output is not Format.TEXT)


def _tell(output: Format, ja: str, en: str) -> None:
    """Say what was done; machines asked for findings only."""
    if output is Format.TEXT:
        typer.echo(say(ja, en))


def _exit_if_partial(is_partial: bool) -> None:
    from generator.errors import ExitCode

    if is_partial:
        typer.echo(
            say(
                "一部の数字は最新ではありません（紙面に時点を示しています）。",
                "some figures are not the newest (marked on the pages).",
            ),
            err=True,
        )
        raise typer.Exit(ExitCode.PARTIAL)


@contextmanager
def _effects(now: str | None, settings: Settings, jobs: int | None = None) -> Iterator[Effects]:
    """The outside world of this run: its moment, and progress bars where somebody watches."""
    from generator.effects import Effects, system_clock
    from generator.workers import Workers

    workers = Workers(jobs or os.cpu_count() or 1)
    moment = None if now is None else _moment(now, settings.zone)
    clock = system_clock if moment is None else lambda: moment
    if os.environ.get("CI") or not sys.stderr.isatty():
        yield Effects(clock=clock, workers=workers)
        return
    from rich.console import Console

    from generator.terminal import TerminalProgress

    progress = TerminalProgress(Console(stderr=True), LANGUAGE)
    with progress.shown():
        yield Effects(clock=clock, progress=progress, workers=workers)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Read `--now`: a day is its beginning, a time without zone is in the site's zone."""
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = say(
            f"`{text}` は日時として読めません（例 2026-11-20T09:00+09:00）",
            f"`{text}` is not a time (2026-11-20T09:00+09:00)",
        )
        raise typer.BadParameter(message, param_hint="--now") from None
    if not 1990 <= moment.year <= 2200:  # calendars of the far past and future overflow in another zone
        message = say("`--now` は1990年から2200年までです", "`--now` lies between 1990 and 2200")
        raise typer.BadParameter(message, param_hint="--now")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _language_first(arguments: list[str]) -> list[str]:
    """`--lang` may stand anywhere; typer looks for it before the command."""
    for index, argument in enumerate(arguments):
        length = 2 if argument == "--lang" else 1 if argument.startswith("--lang=") else 0
        if length:
            return [*arguments[index : index + length], *arguments[:index], *arguments[index + length :]]
    return arguments


def main() -> None:
    """Entry point of the command `kawaraban`."""
    # A build makes a million objects that stay and hardly any garbage: looking for it took a sixth of the time. After
    # one correction among 5,000 articles it makes half a million, and nothing at all need be looked for.
    gc.set_threshold(1_000_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe on Japanese Windows is CP932 and has no `✓`
    if not os.environ.get("SOURCE_DATE_EPOCH", "unset"):
        del os.environ["SOURCE_DATE_EPOCH"]  # empty is unset to us and everybody else, but a number to MkDocs
    try:
        app(_language_first(sys.argv[1:]))
    except SystemExit as done:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # Everything is written and closed: taking a million objects apart one by one is a seventh of a small build.
        os._exit(done.code if isinstance(done.code, int) else 1)


if __name__ == "__main__":
    main()
