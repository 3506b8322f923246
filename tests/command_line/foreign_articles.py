"""A few hundred articles as people bring them from other tools; the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
JAPANESE = [
    "会議室の予約は、前の日の夕方までにお願いします。",
    "サーバーの入れ替えは、利用の少ない土曜日の朝に行いました。",
    "手順書は長いほど読まれません。一枚に収めることから始めました。",
    "「聞いてよかった」と言われる窓口をめざしています。",
    "**強調（きょうちょう）**のあとに助詞が続いても、崩れないでしょうか。",
]
ENGLISH = [
    "We moved the build server to the second floor and nobody noticed.",
    "The checklist has seven items; the fourth one is the one people forget.",
    "Write the question first, then the greeting. It saves a day.",
    "Restart the agent with `systemctl restart agent` and wait for a minute.",
]
PECULIAR = [
    'Typed by a template: {{ page.title }} and {% include note.html %} and {{< figure src="x.png" >}}.',
    '<div class="box" onclick="alert(1)">箱の中の<b>太字</b>と<br>改行</div>',
    "<script>document.write('old counter')</script>",
    '<iframe src="https://video.example/1"></iframe>',
    "Obsidian: [[別のノート]] と ![[図.png]] と ==目印== と #仕事術",
    "::: tip ヒント\nVitePressの囲みです。\n:::",
    "> [!NOTE]\n> GitHubの注記です。",
    "| 項目 | 値 |\n|---|--:|\n| 応答 | 3秒 |\n| a \\| b | 4 |",
    "```python\nprint('{{ not a template }}')\n```",
    "- [ ] まだ\n- [x] 済み\n    - 入れ子",
    "用語[^1]に注を付けます。\n\n[^1]: 注の中身です。",
    "![外の画像](https://pictures.example/a.png)",
    "A line with trailing spaces  \nand a hard break, &amp; an entity, <https://docs.example/>.",
    "$E = mc^2$ と 100% と <> と & と \"引用\" と 'single'",
    "[参照の形][ref]の外部の場所。\n\n[ref]: https://example.com/a_(b)",
]
FOLDERS = ["", "notes", "notes/2024", "post/old posts", "日本語", "日本語/下の 階", "Docs & Guides", "a/b/c/d/e"]
NAMES = [
    "memo",
    "Release Notes",
    "手順書",
    "会議 の進め方",
    "2023-05-01-hello",
    "FAQ",
    "ver1.2",
    "README",
    "設定（サーバー）",
]


def write_articles(folder: Path, count: int, seed: int) -> list[Path]:
    """Write `count` articles and their pictures below `folder`; returns their paths."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    paths = [_path(number, chance) for number in range(count)]
    for number, path in enumerate(paths):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        front = chance.choice(FRONT_MATTERS)(number, chance)
        body = _body(number, path, paths, chance)
        end = chance.choice(["\n", "\n", "\r\n"])
        mark = "\ufeff" if chance.random() < 0.05 else ""
        place.write_bytes((mark + front + body).replace("\n", end).encode())
        for picture in (place.parent / "images" / f"図 {number}.png",):
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(PIXEL)
    return [folder / path for path in paths]


def _path(number: int, chance: random.Random) -> Path:
    return Path(chance.choice(FOLDERS)) / f"{chance.choice(NAMES)} {number:03d}.md"


def _day(number: int) -> date:
    return date(2019, 1, 6) + timedelta(days=7 * number)


def _hugo(number: int, chance: random.Random) -> str:
    return (
        f'---\ntitle: "記事 {number}: 導入の記録"\ndate: {_day(number)}T09:30:00+09:00\ntags: ["運用", "Tips"]\n---\n\n'
    )


def _jekyll(number: int, chance: random.Random) -> str:
    return f"---\ntitle:  Post number {number}\ndate:   {_day(number)}\ntags: [news]\ndescription: >-\n  A short text over\n  two lines.\n---\n"


def _vitepress(number: int, chance: random.Random) -> str:
    return f"---\ntitle: ページ {number}\ndescription: 'It''s about #{number}'\n---\n\n# ページ {number}\n\n"


def _obsidian(number: int, chance: random.Random) -> str:
    return f"---\ntags:\n  - 仕事術\n  - memo\ndate: {_day(number)}\n---\n# ノート {number}\n\n"


def _heading(number: int, chance: random.Random) -> str:
    return f"# 見出しだけの記事 {number}\n\n"


def _setext(number: int, chance: random.Random) -> str:
    return f"Setext heading {number}\n=================\n\n"


FRONT_MATTERS: list[Callable[[int, random.Random], str]] = [_hugo, _jekyll, _vitepress, _obsidian, _heading, _setext]


def _body(number: int, path: Path, paths: list[Path], chance: random.Random) -> str:
    parts = chance.sample(JAPANESE, 2) + chance.sample(ENGLISH, 1) + chance.sample(PECULIAR, 2)
    parts.insert(2, f"## 手順 {number}\n\n1. 一つめ\n2. 二つめ")
    parts.append(f"![図 {number}](<images/図 {number}.png>)")
    other = chance.choice(paths)
    parts.append(f"[関連する記事](<{'../' * len(path.parent.parts)}{other.as_posix()}>)もどうぞ。")
    return "\n\n".join(parts) + "\n"
