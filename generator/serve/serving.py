"""The loop: build, show, wait for the next save."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from generator.build.impression import Impression
from generator.build.past import Past
from generator.build.standing import Done, table_of
from generator.effects import Effects
from generator.errors import LockHeld, Rejected
from generator.lock import AlreadyHeld, held
from generator.model.finding import Family, Finding, Place, Text
from generator.read.look import Touched
from generator.render.mkdocs.shell import own_folder
from generator.reporting import counted, to_text
from generator.serve.mistakes import mistakes_in
from generator.serve.shown import ShownSite
from generator.serve.warm_site import WarmSite, mount_of, watched_by
from generator.serve.watching import Watch, watching
from generator.serve.web import PageServer
from generator.settings import Settings

_HEAD_START = 0.15  # seconds: a browser has asked for a page and all that it needs
_STAYS = Text("直して保存するまで、前のページを表示します。", "The pages of before are shown until this is mended.")
_BEGINS = Text("直して保存すると、ページが出ます。", "Pages are shown as soon as this is mended.")


class Serving(Struct, frozen=True):
    """Browsers are answered from now on."""

    url: str


class Renewed(Struct, frozen=True):
    """Browsers are shown what was saved."""

    done: Done
    seconds: float


class Refused(Struct, frozen=True):
    """What was saved is wrong; browsers are shown the pages of before, if there are any, and what is wrong."""

    error: Rejected
    until_mended: Text
    """What browsers are shown meanwhile."""


Event = Serving | Renewed | Refused


def serving(warm: WarmSite, language: str) -> Iterator[Event]:
    """Show the site to browsers and renew it on every save, until interrupted; yields what happens.

    Raises Rejected or LockHeld when it cannot begin. When pages are wrong it begins, and browsers are shown why.
    """
    site = warm.load()
    with (
        _only_one(site.settings, warm.effects),
        PageServer(*site.config.dev_addr, mount_of(site.settings)) as server,
        watching() as watch,
        _kept_folder(warm.works_in(site.settings)) as shown,
    ):
        watch.over(watched_by(site))
        first = _renewed(warm, watch, shown, None, language)
        with server.answering(shown):
            yield Serving(server.url)
            yield first
            while True:
                yield _renewed(warm, watch, shown, watch.next(), language)


def _renewed(warm: WarmSite, watch: Watch, shown: ShownSite, touched: Touched, language: str) -> Event:
    """Build and show."""
    started = time.monotonic()
    try:
        with _no_sweeping():
            done = _built(warm, watch, shown, touched, language)
    except Rejected as error:
        errors = [finding for finding in error.findings if finding.is_error]
        until_mended = _STAYS if shown.files else _BEGINS
        until, count = until_mended.in_language(language), counted(errors, language)
        problems = f"{until}\n{count}\n\n{to_text(errors, language)}"  # more than a screen may hold
        shown.tell(problems, mistakes_in(error.findings, warm.settings, language))
        return Refused(error, until_mended)
    if unshown := _saved_and_unshown(warm.settings, done, touched):
        shown.tell(to_text(unshown, language))
    return Renewed(done, time.monotonic() - started)


def _saved_and_unshown(settings: Settings, done: Done, touched: Touched) -> list[Finding]:
    """What is wrong with a draft that was just saved and is not shown: its page is gone, and no other page says why."""
    saved = {settings.shown(Path(path)) for path in touched or ()}
    unshown = {finding.place.path for finding in done.warnings if finding.code == "draft-not-shown"} & saved
    return [finding for finding in done.warnings if finding.place.path in unshown]


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """Garbage is looked for when a save is shown: with all of a site in memory it costs a third of the time before."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _built(warm: WarmSite, watch: Watch, shown: ShownSite, touched: Touched, language: str) -> Done:
    warm.note(touched)
    while True:
        site = warm.load()
        watch.over(watched_by(site))  # first, so that no save falls between looking and watching
        try:
            return warm.build(site, lambda made: _show(made, shown, language))
        except LockHeld:
            continue  # `kawaraban build` in another terminal: wait for its end


def _show(made: Impression, shown: ShownSite, language: str) -> None:
    """Let browsers have the new pages before the build goes on: both would wait for each other in one process."""
    mistakes = mistakes_in(made.edition.warnings, made.edition.settings, language)
    if shown.show(made.site_files(), made.search_paths, mistakes):
        time.sleep(_HEAD_START)


@contextmanager
def _only_one(settings: Settings, effects: Effects) -> Iterator[None]:
    """Two would write into the same folder. Raises LockHeld for the second."""
    settings.private.mkdir(parents=True, exist_ok=True)
    try:
        with held(settings.private / "serve.lock", effects):
            yield
    except AlreadyHeld as other:
        holder = other.holder(settings.zone)
        what = Text(f"同じサイトを、もう表示しています（{holder}）", f"this site is served already ({holder})")
        remedy = Text(
            "その画面を使うか、止めてからもう一度動かしてください", "use that one, or stop it and start again"
        )
        place = Place(settings.shown(settings.private / "serve.lock"))
        raise LockHeld(Finding(Family.PUBLISH, "served-already", place, what, remedy)) from None


@contextmanager
def _kept_folder(works_in: Path) -> Iterator[ShownSite]:
    """The folder of what is shown; what is in it is noted at the end, for the next time."""
    folder = own_folder(works_in, "serve")
    store = Past.below(works_in).store
    table = table_of(store, folder)
    shown = ShownSite(folder, table.load())
    try:
        yield shown
    finally:
        table.save(shown.files or shown.before)
        store.flush()
        store.close()
