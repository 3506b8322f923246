"""Who is measured: each builds the same `content/` from a folder of its own inside the corpus."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.corpus import BUILD_DAY
from tests.benchmarks.process import Cost, cost_of

OTHERS = Path(__file__).parent / "others"


@dataclass(frozen=True)
class Contestant:
    """A generator and how its users call it."""

    name: str
    command: tuple[str, ...]
    folder: str
    """Where it runs, below the corpus."""
    leavings: tuple[str, ...]
    """Output and caches, below `folder`; a cold build starts without them."""
    environment: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[int, ...] = (0,)

    def clear(self, corpus: Path, attic: Path) -> None:
        """Make the next build a cold one: what the last one left moves to `attic`, on the same file system.

        It is not deleted: for a while after thousands of deletions ext4 takes far longer to make new files, which a
        build in a fresh clone does not pay.
        """
        folder = corpus / self.folder
        for leaving in filter(Path.exists, (folder / name for name in self.leavings)):
            leaving.rename(Path(tempfile.mkdtemp(dir=attic)) / leaving.name)

    def build(self, corpus: Path) -> Cost:
        """Build the corpus, over the site of before if there is one."""
        folder = corpus / self.folder
        return cost_of(self.command, cwd=folder, environment=self.environment, accepted=self.accepted)


def _hugo() -> str:
    """The program itself: the package's own command starts Python first, which a user of Hugo does not pay for."""
    return str(Path(sysconfig.get_path("purelib")) / "hugo" / "binaries" / "hugo")


KAWARABAN = Contestant(
    "Kawaraban",
    (sys.executable, "-m", "generator.cli", "build", "--now", BUILD_DAY),
    folder=".",
    # Snapshots of the figures stay: the others have none to pull.
    leavings=("site", ".kawaraban/cache", ".kawaraban/pages", ".kawaraban/staging"),
    environment={"CI": "1"},
    accepted=(0, 3),  # 3: a month of figures is still to come
)
STOCK = Contestant(
    "MkDocs + Material",
    (sys.executable, "-m", "mkdocs", "build", "--quiet"),
    folder="stock",
    leavings=("public",),
    environment={"NO_MKDOCS_2_WARNING": "1"},
)
HUGO = Contestant(
    "Hugo",
    (_hugo(), "--quiet"),
    folder="hugo",
    leavings=("public", "resources"),
)
CONTESTANTS = {"kawaraban": KAWARABAN, "stock": STOCK, "hugo": HUGO}


def settle_in(corpus: Path) -> None:
    """Put the folders of the others beside `content/`."""
    shutil.copytree(OTHERS, corpus, dirs_exist_ok=True)
