"""One visit to a page: what it loads and says, and what is wrong with it by day, by night and on a phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

_CHECKS = Path(__file__).with_name("page_checks.js").read_text("utf-8")
_REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"""


@dataclass(slots=True)
class Visit:
    """Everything is a list of what is wrong, in words."""

    foreign: list[str] = field(default_factory=list)
    noises: list[str] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    by_day: list[str] = field(default_factory=list)
    by_night: list[str] = field(default_factory=list)
    sideways: dict[int, list[str]] = field(default_factory=dict)
    overlaps: dict[int, list[str]] = field(default_factory=dict)


def visit(context: BrowserContext, home: str, url: str) -> Visit:
    """Open a page on a desktop, look at it in all ways, close it."""
    page, seen = context.new_page(), Visit()
    page.on("request", lambda r: None if r.url.startswith((home, "data:")) else seen.foreign.append(r.url))
    page.on("console", lambda m: seen.noises.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: seen.noises.append(str(error)))
    page.on("requestfailed", lambda r: seen.noises.append(f"failed: {r.url}"))
    page.add_init_script(_REPORT_VIOLATIONS)
    page.goto(home + url)
    seen.structure, seen.names, seen.by_day = (_ask(page, check) for check in ("structure", "names", "contrast"))
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    seen.by_night = _ask(page, "contrast")
    seen.overlaps[1280] = _ask(page, "overlaps")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        seen.sideways[width] = _ask(page, "sideways")
        seen.overlaps[width] = _ask(page, "overlaps")
    page.close()
    return seen


def _ask(page: Page, check: str) -> list[str]:
    """Evaluated from outside: the page's own policy would not let the script in."""
    found = page.evaluate(f"() => {{ {_CHECKS}; return window.pageChecks.{check}(); }}")
    return [str(item) for item in found]
