"""Everything Kawaraban raises on purpose, and the exit code each becomes.

    KawarabanError
    ├── Rejected           findings of severity error; the exit code follows from their family
    │   │                  (content 20, settings 20, data 30, privacy 40)
    │   ├── HalfDelivered  50, the disk gave up between the first new file and the last
    │   └── NotNoted       50, the disk gave up behind the last new file
    ├── PublishFailed      50, the site that was there still stands
    ├── LockHeld           60, another process builds or publishes
    ├── CacheDiffers       70, the cache led to another site than a build from nothing: a bug of ours
    ├── WorkerDied         70, a process that made pages was ended from outside
    └── EngineFailed       70, MkDocs or a theme did something we did not expect: a bug of ours

Problems in what people wrote are never raised one by one: each verb returns `Finding`s, the pipeline gathers
them from all verbs and raises one `Rejected` with all of them. Only `generator.cli` prints errors and exits.
"""

from __future__ import annotations

import copyreg
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from generator.model.finding import Family, Finding, Place, Severity, Text


class ExitCode(IntEnum):
    """What the process tells its caller; documented in the guide."""

    OK = 0
    PARTIAL = 3  # built, but some figures are stale; marked on the page
    CONTENT = 20
    DATA = 30
    PRIVACY = 40
    PUBLISH = 50
    LOCK = 60
    BUG = 70


_FAMILY_EXIT = {
    Family.CONTENT: ExitCode.CONTENT,
    Family.SETTINGS: ExitCode.CONTENT,
    Family.SITE: ExitCode.CONTENT,
    Family.DATA: ExitCode.DATA,
    Family.PRIVACY: ExitCode.PRIVACY,
    Family.PUBLISH: ExitCode.PUBLISH,
}


class KawarabanError(Exception):
    """Base of all errors raised on purpose."""

    exit_code: ExitCode = ExitCode.BUG
    findings: tuple[Finding, ...] = ()
    site_is: Text = Text("前のサイトはそのままです", "the site of before is untouched")
    """What has become of the site that readers see."""

    def __reduce__(self) -> tuple[Any, ...]:
        """As it is, without `__init__`: a worker process raises what the build tells."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]  # not in its stub


class Rejected(KawarabanError):
    """The input cannot become a site; `findings` says why, all of it at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        # The gravest family decides: a privacy refusal must not look like a typing error to CI.
        self.exit_code = max((_FAMILY_EXIT[finding.family] for finding in errors), default=ExitCode.BUG)
        super().__init__(f"{len(errors)} error(s)")


class HalfDelivered(Rejected):
    """New and old files stand side by side in the folder that is read, until the next build puts that right."""

    site_is = Text("サイトには新しいファイルと前のファイルが混ざっています", "the site holds new files beside old ones")


class NotNoted(Rejected):
    """The new site is where it is read, but what the next build and `publish` have to know of it could not be written."""

    site_is = Text("サイトは新しいものに変わっています", "the site is the new one")


class PublishFailed(KawarabanError):
    """The target could not be switched; what it served before still stands."""

    exit_code = ExitCode.PUBLISH

    def __init__(self, finding: Finding) -> None:
        self.findings = (finding,)
        super().__init__(finding.what.en)


class LockHeld(PublishFailed):
    """Another process builds this site, or publishes to this target."""

    exit_code = ExitCode.LOCK


class CacheDiffers(KawarabanError):
    """What a build took from its cache is not what a build from nothing makes; nothing was delivered."""

    def __init__(self, finding: Finding) -> None:
        self.findings = (finding,)
        super().__init__(finding.what.en)


class WorkerDied(KawarabanError):
    """A worker process ended in the middle of its work: killed, as a rule because there was no memory left."""

    def __init__(self) -> None:
        what = Text(
            "組み立てを手伝うプロセスが途中で止まりました（多くはメモリー不足）",
            "a process that helped with the build was ended in the middle of its work, as a rule for want of memory",
        )
        remedy = Text(
            "`--jobs 1` を付けてもう一度動かすか、メモリーを増やしてください",
            "run it again with `--jobs 1`, or with more memory",
        )
        self.findings = (Finding(Family.SITE, "worker-died", Place("site"), what, remedy),)
        super().__init__(what.en)


class EngineFailed(KawarabanError):
    """The page engine failed where our checks should have stopped us before."""
