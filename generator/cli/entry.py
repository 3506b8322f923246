"""The process of a command, from its start to its exit code.

Hardly anything is imported before `main` looks for Ctrl-C: whoever presses it sees no traceback, however early.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress

from generator.cli import ctrl_c


def main() -> None:
    """Entry point of the command `kawaraban`."""
    ctrl_c.listen()
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _interrupted()
    # Everything is written and closed: taking a million objects apart one by one is a seventh of a small build.
    os._exit(code)


def _run() -> int:
    """The exit code of the command, whose words are all out."""
    # A build makes a million objects that stay and hardly any garbage: looking for it took a sixth of the time. After
    # one correction among 5,000 articles it makes half a million, and nothing at all need be looked for.
    gc.set_threshold(1_000_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe on Japanese Windows is CP932 and has no `✓`
    if not os.environ.get("SOURCE_DATE_EPOCH", "unset"):
        del os.environ["SOURCE_DATE_EPOCH"]  # empty is unset to us and everybody else, but a number to MkDocs
    # Pydantic would look through all installed packages for plugins at every start, and run what it finds.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = _code_of_command()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None where whoever called has closed it
        try:
            stream.flush()
        except OSError:  # a full disk has lost what was said
            code = code or 1
    return code


def _code_of_command() -> int:
    """The exit code of a command that has ended. Raises KeyboardInterrupt when somebody has ended it."""
    import click

    from generator.cli.commands import app
    from generator.cli.language import language_first, let_click_speak, say

    let_click_speak()
    try:
        return app.main(language_first(sys.argv[1:]), standalone_mode=False) or 0
    except click.ClickException as mistaken:
        mistaken.show()
        return mistaken.exit_code
    except click.Abort:  # what click makes of it
        raise KeyboardInterrupt from None
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except OSError as error:  # of the command's own words, on a full disk; every other one is a sentence by now
        with suppress(OSError):
            click.echo(
                say(f"結果を書き出せません: {error.strerror}", f"the result cannot be written: {error.strerror}"),
                err=True,
            )
        return 1


def _interrupted() -> int:
    """Say that Ctrl-C was heard, however often it is pressed now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from generator.cli.language import say

    sentence = say(
        "Ctrl-C で止めました。書いたものは失われていません。", "stopped by Ctrl-C; nothing that you wrote is lost."
    )
    with suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
    return ctrl_c.INTERRUPTED
