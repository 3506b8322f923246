"""What can be said about an author's text only once it is rendered."""

from __future__ import annotations

from urllib.parse import unquote

from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.site import Slot


def too_slow(shown: str) -> Finding:
    return Finding(
        Family.CONTENT,
        "too-slow",
        Place(shown),
        Text("組み立てに時間がかかりすぎるため、中止しました", "rendering this page takes too long and was given up"),
        Text(
            "閉じていない `[` や `<` がたくさん並んでいないか確かめてください",
            "look for very many unclosed `[` or `<` in a row",
        ),
    )


def broken_link(shown: str, slot: Slot, target: str) -> Finding:
    """A link that leads nowhere and that the judging of references overlooked."""
    return Finding(
        Family.CONTENT,
        "broken-link",
        Place(shown, _line(slot, target)),
        Text(f"リンク先 `{target}` がありません", f"the link target `{target}` does not exist"),
        Text(
            "相対パスと拡張子 .md を確かめてください（下書きや公開前のページへはリンクできません）",
            "check the relative path and the .md ending (drafts and embargoed pages cannot be linked to)",
        ),
    )


def broken_anchor(shown: str, slot: Slot, name: str) -> Finding:
    """A link of an article to a place of its own page that is not there."""
    return Finding(
        Family.CONTENT,
        "broken-anchor",
        Place(shown, _line(slot, f"#{name}")),
        Text(
            f"このページに `#{name}` という場所はありません。リンクにせず、文字だけを出します",
            f"nothing on this page has the name `#{name}`: the words stay, without a link",
        ),
        Text("見出しの言葉と `#` の後ろをそろえてください", "make what follows the `#` match the words of a heading"),
        Severity.WARNING,
    )


def repeated_anchor(shown: str, slot: Slot, name: str) -> Finding:
    return Finding(
        Family.CONTENT,
        "repeated-anchor",
        Place(shown, _line(slot, name)),
        Text(
            f"id `{name}` がページに二度あります。二つ目からは取り除きます",
            f"the id `{name}` stands twice on the page: all but the first are removed",
        ),
        Text("どちらかの `id` か `{#id}` を変えてください", "change one of the `id`s or `{#id}`s"),
        Severity.WARNING,
    )


def _line(slot: Slot, written: str) -> int:
    """The line on which a text is written; 0 when it cannot be found."""
    lines = enumerate(slot.markdown.split("\n"), slot.first_line)
    return next((number for number, line in lines if written in line or written in unquote(line)), 0)


def too_deep(shown: str) -> Finding:
    return Finding(
        Family.CONTENT,
        "too-deep",
        Place(shown),
        Text("入れ子が深すぎて、組み立てられません", "lists, quotes or boxes are nested too deeply to be rendered"),
        Text("箇条書きや囲みの入れ子を浅くしてください", "nest lists and boxes less deeply"),
    )
