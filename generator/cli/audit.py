"""`kawaraban audit`: why figures are hidden, told to the operator."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_on_error
from generator.cli.language import LANGUAGE, say
from generator.cli.outside import outside
from generator.cli.telling import Format, report


class AuditFormat(StrEnum):
    """What `--format` of `audit` takes."""

    TEXT = "text"
    JSON = "json"


@click.command(
    help=say(
        "隠した数字の理由と、隠さなければ何が分かるかを言う。答えには守っている人数が出るので、人に渡さないでください。"
        "\n\n例: kawaraban audit",
        "Tell why figures are hidden. Tell also what could be worked out if they were not. The answer tells what is protected: "
        "keep it to yourself.\n\nExample: kawaraban audit",
    )
)
@options.config_file
@options.now
@options.offline
@click.option(
    "--format",
    "output",
    type=options.Member(AuditFormat),
    default=AuditFormat.TEXT.value,
    show_default=True,
    help=say("答えの書式", "how it is told"),
)
def audit(
    config_file: Path,
    now: str | None,
    offline: bool,
    output: AuditFormat,
) -> None:
    from generator import pipeline
    from generator.mkdocs_site import load_site
    from generator.why_hidden import why_hidden

    with exit_on_error():
        settings = load_site(config_file).settings
        with outside(now, settings) as effects:
            found, findings = why_hidden(settings, effects, offline=offline)
        pipeline.accept(findings, strict=False)
    click.echo(found.as_json() if output is AuditFormat.JSON else found.as_text(LANGUAGE))
    with exit_on_error():
        report(pipeline.accept(found.findings, strict=False), Format.TEXT)
