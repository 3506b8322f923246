"""How findings reach whoever runs a build: our own command line, which tells them itself, or MkDocs' users."""

from __future__ import annotations

import locale
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import jinja2
from mkdocs.exceptions import Abort, PluginError

from generator.errors import LockHeld, Rejected, WorkerDied
from generator.model.finding import Finding, Text
from generator.render.mkdocs.plugins import PluginFailed
from generator.render.mkdocs.theme_faults import bad_theme
from generator.render.refusals import not_writable
from generator.reporting import as_text, spoken_language
from generator.settings import Settings

log = logging.getLogger("mkdocs.plugins.kawaraban")


def language() -> str:
    """The language of MkDocs' users."""
    return spoken_language(os.environ, locale.getlocale()[0])


@contextmanager
def reporting(settings: Settings, *, is_ours: bool) -> Iterator[None]:
    """Our findings as the caller wants them: `Rejected` itself, or MkDocs' error with all sentences in it."""
    try:
        with _as_findings(settings):
            yield
    except (Rejected, LockHeld, WorkerDied) as error:
        if is_ours:
            raise
        raise PluginError("\n" + _sentences(error.findings)) from error


@contextmanager
def _as_findings(settings: Settings) -> Iterator[None]:
    """What the theme or the disk refuses, as findings: neither is a bug of ours."""
    try:
        yield
    except jinja2.TemplateError as error:
        raise Rejected([bad_theme(error)]) from error
    except OSError as error:
        raise Rejected([not_writable(error, settings.shown)]) from error


def abort_for_plugin(error: PluginFailed) -> None:
    """End MkDocs' build with what a plugin has raised in an event of MkDocs' own. Raises Abort."""
    log.error(_sentences(error.findings))
    raise Abort("Aborted with an error of a plugin!") from error


def show_warnings(warnings: Iterable[Finding], *, strict: bool) -> None:
    """Tell MkDocs' users as they come."""
    for warning in warnings:
        # Under --strict MkDocs counts warnings as errors; the pipeline has judged these already.
        log.log(logging.INFO if strict else logging.WARNING, as_text(warning, language()))


def show_remark(remark: Text) -> None:
    """Tell whoever builds what is nobody's mistake."""
    log.info(remark.in_language(language()))


def _sentences(findings: Iterable[Finding]) -> str:
    return "\n".join(as_text(finding, language()) for finding in findings)
