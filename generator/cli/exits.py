"""How a command ends that did not go well: sentences and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import ctrl_c
from generator.cli.ctrl_c import INTERRUPTED
from generator.cli.language import LANGUAGE, say
from generator.cli.telling import Format, report
from generator.reporting import counted

if TYPE_CHECKING:
    from generator.errors import KawarabanError


_OF_THE_DISK = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""What a disk or its owner refuses; any other error of a file is our own."""


@contextmanager
def exit_on_error(output: Format = Format.TEXT, *, of_a_site: bool = False) -> Iterator[None]:
    """The one place where errors become sentences and an exit code.

    `of_a_site`: whether whoever reads them may wonder what has become of the site, as after a build.
    """
    from generator.errors import ExitCode, KawarabanError, Rejected

    try:
        yield
    except KawarabanError as error:
        if not error.findings:
            _own_up(error, of_a_site)
        _tell_of(error, output, of_a_site)
        raise click.exceptions.Exit(error.exit_code) from error
    except (click.exceptions.Exit, click.UsageError):
        raise
    except BrokenPipeError:  # nobody listens any more
        raise click.exceptions.Exit(INTERRUPTED) from None
    except OSError as error:
        if error.errno not in _OF_THE_DISK or os.environ.get("KAWARABAN_DEBUG"):
            _own_up(error, of_a_site)
            raise click.exceptions.Exit(ExitCode.BUG) from error
        from generator.render.refusals import not_writable

        rejected = Rejected([not_writable(error, _from_here)])
        _tell_of(rejected, output, of_a_site)
        raise click.exceptions.Exit(rejected.exit_code) from error
    except Exception as error:  # the last door: a bug of ours is said as one, with what is needed to report it
        _own_up(error, of_a_site)
        raise click.exceptions.Exit(ExitCode.BUG) from error


def _own_up(error: Exception, of_a_site: bool) -> None:
    """Something that nobody's input should lead to."""
    if ctrl_c.was_pressed():
        raise KeyboardInterrupt from error
    if os.environ.get("KAWARABAN_DEBUG"):
        raise error
    kind = f"{type(error).__name__}: {error}"
    click.echo(say(f"瓦版の不具合です（{kind}）。", f"this is a bug in Kawaraban ({kind})."), err=True)
    click.echo(
        say(
            f"KAWARABAN_DEBUG=1 を付けて実行すると詳細が出ます。{'前のサイトはそのままです。' if of_a_site else ''}",
            f"run with KAWARABAN_DEBUG=1 for details{'; the site of before is untouched' if of_a_site else ''}.",
        ),
        err=True,
    )


def _tell_of(error: KawarabanError, output: Format, of_a_site: bool) -> None:
    report(error.findings, output)
    if output is Format.TEXT and error.findings:
        click.echo(_closing(error, of_a_site), err=True)


def _from_here(path: Path) -> str:
    """A path as whoever stands in this folder writes it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _closing(error: KawarabanError, of_a_site: bool) -> str:
    count, site, code = counted(error.findings, LANGUAGE), error.site_is, int(error.exit_code)
    if not of_a_site:
        return count + say(f"（終了コード {code}）。", f" (exit code {code}).")
    return count + say(f"。{site.ja}（終了コード {code}）。", f"; {site.en} (exit code {code}).")


def exit_if_partial(is_partial: bool) -> None:
    from generator.errors import ExitCode

    if is_partial:
        click.echo(
            say(
                "一部の数字は最新ではありません（紙面に時点を示しています）。",
                "some figures are not the newest (marked on the pages).",
            ),
            err=True,
        )
        raise click.exceptions.Exit(ExitCode.PARTIAL)
