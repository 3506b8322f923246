"""`kawaraban pull`: the data alone."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.anomalies import accept, accept_anomaly, unknown
from generator.cli.exits import exit_if_partial, exit_on_error
from generator.cli.language import say
from generator.cli.outside import outside
from generator.cli.telling import Format, report, tell


@click.command(
    help=say(
        "データを取り込む。人ごとの行は非公開フォルダーにだけ置かれます。\n\n例: kawaraban pull",
        "Pull data from its sources. Person-level rows stay in the private folder.\n\nExample: kawaraban pull",
    )
)
@options.config_file
@options.offline
@accept_anomaly
@options.strict_data
@options.output
def pull(
    config_file: Path,
    offline: bool,
    accept_anomaly: tuple[str, ...],
    strict_data: bool,
    output: Format,
) -> None:
    from generator import pipeline
    from generator.mkdocs_site import load_site
    from generator.model.period import Month
    from generator.model.snapshot import SnapshotStatus
    from generator.pull import pull as pull_sources

    with exit_on_error(output):
        settings = load_site(config_file).settings
        accept(accept_anomaly, settings)
        with outside(None, settings) as effects:
            snapshots, findings = pull_sources(settings, effects, offline=offline)
            month = Month.of(effects.clock().astimezone(settings.zone).date())
        warnings = pipeline.accept(findings, strict=False)
        is_partial = any(s.status is SnapshotStatus.STALE for s in snapshots.by_source.values())
        if strict_data:
            pipeline.refuse_old(warnings, is_partial=is_partial)
    report([*unknown(accept_anomaly, settings), *warnings], output)
    for name, snapshot in sorted(snapshots.by_source.items()):
        until = snapshot.watermark.isoformat() if snapshot.watermark else "-"
        line = f"{name:24} {snapshot.rows:>10,}  {until:>10}  {snapshot.status.value}"
        left_out = f"{snapshot.replaced:,}"
        tell(
            output,
            f"{line}（キーの重なる行を{left_out}行除きました）" if snapshot.replaced else line,
            f"{line} (rows of the same key left out: {left_out})" if snapshot.replaced else line,
        )
    if any(snapshot.watermark and Month.of(snapshot.watermark) >= month for snapshot in snapshots.by_source.values()):
        # Whoever puts in a month before its end would look for it on the site in vain.
        tell(
            output,
            f"{month.label_ja}はまだ終わっていません。その数字は、月が終わってから載ります",
            f"{month} is not over yet; its figures appear once it is",
        )
    private = settings.shown(settings.private)
    tell(output, f"保存先: {private}（公開されません）", f"kept in {private} (never published)")
    exit_if_partial(is_partial)
