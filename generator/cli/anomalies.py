"""The option that takes a surprising figure for right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.language import say

if TYPE_CHECKING:
    from generator.model.finding import Finding
    from generator.settings import Settings


def _signs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The signs of anomalies as typed; they are eight characters each."""
    if not given:
        return given
    from generator.accepted import is_sign

    for sign in given:
        if not is_sign(sign):
            raise click.BadParameter(
                say(f"`{sign}` はメッセージにある8文字ではありません", f"`{sign}` is not the 8 characters of a message")
            )
    return given


accept_anomaly = click.option(
    "--accept-anomaly",
    metavar="ID",
    multiple=True,
    callback=_signs,
    help=say(
        "前の月と大きく違う数字を、正しいものとして載せる（何度でも書けます）",
        "publish a figure that is far from the month before: it is right (may be repeated)",
    ),
)


def accept(signs: tuple[str, ...], settings: Settings) -> None:
    """Note the figures that were found to be right, before they are measured again."""
    if signs:
        from generator.accepted import accept_anomalies

        accept_anomalies(settings, signs)


def unknown(signs: tuple[str, ...], settings: Settings) -> list[Finding]:
    """Warnings about signs that belong to no figure, by what was measured last."""
    if not signs:
        return []
    from generator.accepted import unknown_anomalies

    return unknown_anomalies(settings, signs)
