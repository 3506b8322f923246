"""What people do to a site between two builds."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import yaml

from tests.read.picture_files import png

Edit = Callable[["Desk"], None]
_JAPAN = timezone(timedelta(hours=9))


class Desk:
    """A site that is being edited, and the moment at which it is built next; `chance` decides what is edited."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site = site
        self.chance = random.Random(seed)  # noqa: S311 (which file is edited, not a secret)
        self.now = datetime(2026, 11, 20, 9, tzinfo=_JAPAN)
        self.count = 0

    @property
    def articles(self) -> list[Path]:
        return sorted((self.site / "content/articles").glob("*.md"))

    def some_page(self) -> Path:
        folders = ("articles", "stories", "notices", "faq/chat", "departments", "champions", "campaigns", "about")
        return self.chance.choice(
            [path for folder in folders for path in sorted((self.site / "content" / folder).glob("*.md"))]
        )

    def name(self) -> str:
        self.count += 1
        return f"a{self.chance.randrange(100):02}-{self.count}"

    def words(self) -> str:
        return "".join(self.chance.choices("社内の連絡を早くする工夫と会議室予約チャット便り", k=9))


def _front(path: Path, **changed: object) -> None:
    """Change keys of a page's front matter; None takes one out."""
    text = path.read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "{}", text)
    values = yaml.safe_load(front) | changed
    kept = {key: value for key, value in values.items() if value is not None}
    path.write_text(f"---\n{yaml.safe_dump(kept, allow_unicode=True)}---\n{body}", encoding="utf-8")


def add_article(desk: Desk) -> None:
    day = date(2026, 11, 19) - timedelta(days=desk.chance.randrange(900))
    linked = desk.chance.choice(desk.articles).name if desk.articles else "../about/mvv.md"
    tags = desk.chance.sample(["連絡", "会議", "新人", "機械"], k=2)
    text = (
        f"---\ntitle: {desk.words()}\ndate: {day}\ntags: [{', '.join(tags)}]\nsummary: {desk.words()}\n---\n\n"
        f"{desk.words()}。[前の話]({linked})も読んでください。\n\n## {desk.words()}\n\n"
        "```kpi\nmetric: chat_active_rate\n```\n"
    )
    (desk.site / "content/articles" / f"{desk.name()}.md").write_text(text, encoding="utf-8")


def add_many_articles(desk: Desk) -> None:
    """Enough for the list of articles to get a page of its own."""
    for _ in range(22):
        add_article(desk)


def rename_article(desk: Desk) -> None:
    if desk.articles:
        desk.chance.choice(desk.articles).rename(desk.site / "content/articles" / f"{desk.name()}.md")


def delete_article(desk: Desk) -> None:
    if desk.articles:
        desk.chance.choice(desk.articles).unlink()


def retitle_page(desk: Desk) -> None:
    _front(desk.some_page(), title=desk.words())


def change_words(desk: Desk) -> None:
    path = desk.some_page()
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{desk.words()}。\n", encoding="utf-8")


def touch_everything(desk: Desk) -> None:
    """What a fresh checkout does: other times, the same bytes."""
    for path in (desk.site / "content").rglob("*.md"):
        path.write_bytes(path.read_bytes())


def withdraw_article(desk: Desk) -> None:
    if desk.articles:
        _front(desk.chance.choice(desk.articles), status="draft")


def embargo_article(desk: Desk) -> None:
    if desk.articles:
        opens = desk.now + timedelta(hours=desk.chance.randrange(1, 40))
        _front(desk.chance.choice(desk.articles), status="published", publish_at=opens.isoformat())


def let_time_pass(desk: Desk) -> None:
    desk.now += timedelta(hours=desk.chance.choice([1, 7, 30, 24 * 12, 24 * 40]))


def change_a_figure(desk: Desk) -> None:
    path = desk.site / "content/data/exports/sample/usage.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[desk.chance.randrange(1, len(lines))]
    path.write_text("".join(lines), encoding="utf-8")


def rename_department(desk: Desk) -> None:
    path = desk.site / "content/data/departments.csv"
    text = path.read_text(encoding="utf-8")
    old = desk.chance.choice(["総務部", "製造部", "営業部"])
    path.write_text(text.replace(old, f"{old}門") if f"{old}門" not in text else text.replace("門", ""), "utf-8")


def change_article_template(desk: Desk) -> None:
    path = desk.site / "theme_overrides/articles/tags.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<article><h1>{{{{ view.head.title }}}}</h1><p>{desk.words()}</p></article>\n", encoding="utf-8")


def change_setting(desk: Desk) -> None:
    path = desk.site / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"site_name: {desk.words()}" if line.startswith("site_name:") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_site_address(desk: Desk) -> None:
    path = desk.site / "mkdocs.yml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("site_url:")]
    path.write_text("\n".join([f"site_url: https://{desk.name()}.asahino.example/", *lines]) + "\n", "utf-8")


def publish_next_issue(desk: Desk) -> None:
    """The masthead of every page names it."""
    issues = sorted((desk.site / "content/issues").glob("*.md"))
    number = len(issues) + 1
    text = issues[-1].read_text(encoding="utf-8")
    path = issues[-1].with_name(f"{number:03}.md")
    path.write_text(text, encoding="utf-8")
    _front(path, number=number, date=date(2026, 11, 1) + timedelta(days=number), next_issue=None, id=None)


def link_to_nowhere(desk: Desk) -> None:
    """A warning in an article, and one that may be mended by a page that comes later."""
    path = desk.site / "content/articles" / f"{desk.name()}.md"
    path.write_text(
        f"---\ntitle: {desk.words()}\n---\n\n[次](a{desk.chance.randrange(100):02}-{desk.count + 1}.md)\n", "utf-8"
    )


def exchange_picture(desk: Desk) -> None:
    """One of the same name, mostly of another size, and an article that shows it."""
    folder = desk.site / "content/articles"
    (folder / "shelf.png").write_bytes(png(desk.chance.randrange(30, 33), 20))
    text = f"---\ntitle: {desk.words()}\ncover: shelf.png\ncover_alt: 棚\n---\n\n![棚](shelf.png)\n"
    if not desk.articles or desk.chance.randrange(2):
        (folder / f"{desk.name()}.md").write_text(text, encoding="utf-8")


def damage_the_cache(desk: Desk) -> None:
    path = desk.site / ".kawaraban/cache/pages.sqlite3"
    if path.exists():
        content = bytearray(path.read_bytes())
        for _ in range(40):
            content[desk.chance.randrange(len(content))] ^= 1 << desk.chance.randrange(8)
        path.write_bytes(content)


def lose_part_of_the_site(desk: Desk) -> None:
    pages = sorted((desk.site / "site").rglob("*.html"))
    if pages:
        desk.chance.choice(pages).unlink()
        desk.chance.choice(pages).write_text("somebody was here", encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    add_article,
    add_many_articles,
    rename_article,
    delete_article,
    retitle_page,
    change_words,
    touch_everything,
    withdraw_article,
    embargo_article,
    let_time_pass,
    change_a_figure,
    rename_department,
    change_article_template,
    change_setting,
    change_site_address,
    publish_next_issue,
    link_to_nowhere,
    exchange_picture,
    damage_the_cache,
    lose_part_of_the_site,
)
