"""What was found and what was done, told to whoever ran the command: sentences for people, data for machines."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import click

from generator.cli.language import LANGUAGE, say
from generator.reporting import FORMATS, explanations_to_json, explanations_to_text

if TYPE_CHECKING:
    from generator.build.explain import Explanation
    from generator.model.finding import Finding


class Format(StrEnum):
    """What `--format` takes; `generator.reporting` writes them."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def report(findings: Sequence[Finding], output: Format, explanations: Sequence[Explanation] | None = None) -> None:
    """Findings go to stderr as sentences and to stdout as data for machines; explanations are what was asked for."""
    if explanations is not None and output is Format.JSON:
        click.echo(explanations_to_json(explanations, findings, LANGUAGE))
        return
    text = FORMATS[output.value](findings, LANGUAGE)
    if text:
        click.echo(text, err=output is Format.TEXT)
    if explanations is not None:
        # The other formats have no place for them, and nothing else may stand in their output.
        click.echo(explanations_to_text(explanations, LANGUAGE), err=output is not Format.TEXT)


def tell(output: Format, ja: str, en: str) -> None:
    """Say what was done; machines asked for findings only."""
    if output is Format.TEXT:
        click.echo(say(ja, en))
