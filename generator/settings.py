"""The site's settings: what stands under `plugins: - kawaraban:` in mkdocs.yml, typed and judged in one place."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator

from generator.declared.marks import Location, Marks
from generator.declared.schema import validate
from generator.declared.yaml_elsewhere import marks_of
from generator.model.characters import UNFIT
from generator.model.finding import Family, Finding, Text
from generator.model.page import PageType
from generator.model.record import unfit

NAME = "kawaraban"
"""The plugin, as mkdocs.yml lists it."""


class Profile(StrEnum):
    """How far the site's repository is trusted."""

    SAFE = "safe"  # nothing in it runs
    TRUSTED = "trusted"  # sources may be functions in it


class Options(BaseModel):
    """The keys of the `kawaraban` plugin in mkdocs.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    company: str = ""
    """The company's name, in the masthead and the footer."""
    publisher: str = ""
    """Who publishes the newsletter, e.g. `情報システム部`."""
    tagline: str = ""
    """One line beside the masthead."""
    contact: str = ""
    """Whom to ask about the newsletter: a mail address or a URL."""
    headline_metric: str | None = None
    """The metric of 「今月の数字」 on the front page; the first one declared when absent."""
    fiscal_year_start: int = Field(default=4, ge=1, le=12)
    """The month in which the fiscal year begins; 上期, 下期 and quarters follow from it."""
    timezone: str = "Asia/Tokyo"
    """Zone of dates and times that carry none."""
    approval_required: tuple[PageType, ...] = ()
    """Page types that stay in until `approved_by` and `approved_on` are filled."""
    page_local_plugins: tuple[str, ...] = ()
    """MkDocs plugins that look at one page at a time although they listen to events of the whole site."""
    profile: Profile = Profile.SAFE
    """Whether a source may be a Python function in the site's repository."""
    private_dir: str = ".kawaraban"
    """Folder for person-level snapshots and caches; never part of the site."""

    private_key_env: str | None = None
    """The environment variable with the key that people's rows in `private_dir` are sealed with."""

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            what = Text(f"`{value}` は時間帯の名前ではありません", f"there is no time zone `{value}`")
            raise unfit("bad-timezone", what, Text("`Asia/Tokyo` のように書いてください", "write it like `Asia/Tokyo`"))
        return value

    @field_validator("private_dir")
    @classmethod
    def _is_a_folder_name(cls, value: str) -> str:
        parts = PurePosixPath(value.replace("\\", "/")).parts
        if not parts or "\0" in value or any(part == ".." or len(part.encode()) > 200 for part in parts):
            what = Text("値はサイトの中のフォルダーの名前にできません", "this cannot be a folder inside the site")
            raise unfit("bad-folder", what, Text("`.kawaraban` のように書いてください", "write it like `.kawaraban`"))
        return value


class Settings(BaseModel):
    """Options together with where the site lies; every verb gets this."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    root: Path
    """The folder of mkdocs.yml; findings name files relative to it."""
    config_file: str = "mkdocs.yml"
    """Name of the configuration file in `root`, as findings show it."""
    content: Path
    """The folder of the authors' files (MkDocs' `docs_dir`)."""
    site_name: str
    site_url: str = ""
    """Public address with a trailing slash; empty when not declared (then feeds have relative links)."""
    options: Options = Field(default_factory=Options)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.options.timezone)

    @property
    def data(self) -> Path:
        """sources.yml, metrics.yml, departments.csv and the exports."""
        return self.content / "data"

    @property
    def private(self) -> Path:
        return self.root / self.options.private_dir

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the site's root where possible, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def from_root(self, folder: Path) -> str:
        """A folder as notes name it, seen from the site's root: they hold in a copy of the site too."""
        try:
            return Path(os.path.relpath(os.path.realpath(folder), self.root)).as_posix()
        except ValueError:  # on another drive
            return os.path.realpath(folder)


def read_options(written: dict[str, object], text: str, file: str) -> tuple[Options, list[Finding]]:
    """Judge the plugin's keys, `written` as MkDocs read them from the `text` of `file`.

    Returns defaults beside the findings so that other problems are found in the same run.
    """
    marks = marks_of(text, file, Family.SETTINGS)
    at = next((location for location in marks.places if location[0:1] == ("plugins",) and location[-1] == NAME), ())
    options, findings = validate(Options, written, marks, at)
    if options is None:
        return Options(), findings
    return options, [_unseen(marks, (*at, key)) for key, value in written.items() if UNFIT.search(str(value))]


def _unseen(marks: Marks, location: Location) -> Finding:
    what = Text(
        f"設定 `{location[-1]}` に、見えない文字や制御文字があります",
        f"setting `{location[-1]}` holds characters that nobody can see",
    )
    remedy = Text("その値を打ち直してください", "type the value again")
    return marks.finding("unseen-character", location, what, remedy)
