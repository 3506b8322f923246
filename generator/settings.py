"""The site's settings: what stands under `plugins: - kawaraban:` in mkdocs.yml, typed and judged in one place."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from generator.model.finding import Family, Finding, Place, Text
from generator.model.page import PageType


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
    timezone: str = "Asia/Tokyo"
    """Zone of dates and times that carry none."""
    approval_required: tuple[PageType, ...] = ()
    """Page types that stay in until `approved_by` and `approved_on` are filled."""
    private_dir: str = ".kawaraban"
    """Folder for person-level snapshots and caches; never part of the site."""

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"unknown time zone {value!r}")
        return value

    @field_validator("private_dir")
    @classmethod
    def _is_a_folder_name(cls, value: str) -> str:
        parts = PurePosixPath(value.replace("\\", "/")).parts
        if not parts or "\0" in value or any(part == ".." or len(part.encode()) > 200 for part in parts):
            raise ValueError("not the path of a folder")
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


def read_options(raw: dict[str, object], shown_file: str) -> tuple[Options, list[Finding]]:
    """Judge the plugin's keys; returns defaults beside the findings so that other problems are found too."""
    try:
        return Options.model_validate(raw), []
    except ValidationError as error:
        return Options(), [_option_finding(dict(detail), shown_file) for detail in error.errors()]


def _option_finding(detail: dict[str, object], shown_file: str) -> Finding:
    location = detail["loc"]
    key = str(location[0]) if isinstance(location, tuple) and location else ""
    known = list(Options.model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    if detail["type"] == "extra_forbidden":
        what = Text(f"設定 `{key}` はありません", f"there is no setting `{key}`")
        remedy = Text(
            f"`{near[0]}` のことではありませんか" if near else f"使える設定: {', '.join(known)}",
            f"did you mean `{near[0]}`?" if near else f"settings are: {', '.join(known)}",
        )
    else:
        what = Text(f"設定 `{key}` の値が正しくありません（{detail['msg']}）", f"setting `{key}`: {detail['msg']}")
        remedy = Text("mkdocs.yml の値を直してください", "correct the value in mkdocs.yml")
    return Finding(Family.SETTINGS, "bad-setting", Place(shown_file), what, remedy)
