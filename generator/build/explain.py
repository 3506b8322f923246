"""Why the pages of a build were made, or were not."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from generator.build import in_words
from generator.build.asked import Asked
from generator.build.impression import Impression
from generator.build.memory import Memory
from generator.build.reuse import Choice, Why
from generator.model.finding import Text
from generator.read.withhold import REASON_TEXTS
from generator.settings import Settings
from generator.verify.address import file_of


class Outcome(StrEnum):
    """What became of a page."""

    RENDERED = "rendered"
    REUSED = "reused"
    DATA = "data"  # a file that a source reads
    ABSENT = "absent"  # any other file of an author that stands on no page


class Explanation(Struct, frozen=True):
    """One page of a build, or one author's file that stands on none."""

    about: str  # the page's file from the root of the site; the author's file when it is on none
    outcome: Outcome
    why: str  # one word for machines
    reasons: tuple[Text, ...]  # sentences
    made_from: tuple[Text, ...] = ()  # nouns


def explained(asked: Asked, impression: Impression) -> list[Explanation]:
    """What became of each page that is meant, in the order of their addresses."""
    if asked.source is None:
        return [_of_page(str(asked.url), impression)]
    urls = sorted(_pages_with(asked.source, impression))
    return [_of_page(url, impression) for url in urls] or [_absent(asked.source, impression)]


def _pages_with(source: str, impression: Impression) -> Iterator[str]:
    """Addresses of the pages on which an author's file is read; those that only name it are not among them."""
    home = impression.edition.newspaper.sources.get(source, "-").partition("#")[0]
    for url, record in impression.pages.records.items():
        if url == home or source in record.texts:
            yield url


def _of_page(url: str, impression: Impression) -> Explanation:
    choice, record = impression.pages.chosen[url], impression.pages.records[url]
    settings, memory = impression.edition.settings, impression.edition.memory
    outcome = Outcome.REUSED if choice.is_reused else Outcome.RENDERED
    made_from = in_words.made_from(record, choice.planned, settings)
    return Explanation(file_of(url), outcome, choice.why.value, tuple(_reasons(choice, memory, settings)), made_from)


def _reasons(choice: Choice, memory: Memory, settings: Settings) -> Iterator[Text]:
    match choice.why:
        case Why.SAME:
            yield Text(
                "前の check か build でつくったときから、もとになったものが何も変わっていません",
                "nothing that it is made from has changed since an earlier check or build rendered it",
            )
        case Why.NEW:
            yield _new(memory)
        case Why.GIVEN:
            yield _changed(_one_of(in_words.given(choice.planned, settings)))
        case Why.FACTS:
            yield from (_changed(in_words.fact(name, settings)) for name in choice.names)
        case Why.LINKS:
            yield from (_changed(in_words.link(path)) for path in dict.fromkeys(choice.names))
        case Why.FRAME:
            yield Text(
                "ページのまわり（題字、目次、スタイルなど）が変わりました。本文は前のままです",
                "the page around it (masthead, navigation, styles) changed; its content is that of before",
            )
        case Why.LOST:
            yield Text(
                "前のビルドの控えから本文が失われていたので、書き直しました",
                "its content was lost from the cache, so it was written again",
            )


def _new(memory: Memory) -> Text:
    """Why no earlier build is known to have made a page."""
    if memory.records:
        return Text("前のビルドにはない、新しいページです", "it is new: the build before did not have it")
    if memory.is_forgotten:
        return Text(
            "すべてのページを見るプラグインがあるので、毎回すべてのページをつくります",
            "a plugin sees all pages, so every page is made each time",
        )
    if memory.is_outdated:
        return Text(
            "設定、テンプレート、瓦版や部品の版のどれかが前のビルドと違うので、すべてのページをつくり直しました",
            "settings, templates, or the version of Kawaraban or of a library are not those of the build before: "
            "every page was made anew",
        )
    return Text(
        "前のビルドの控えがないので、すべてのページをつくりました",
        "there is no earlier build in the cache: every page was made",
    )


def _one_of(nouns: tuple[Text, ...]) -> Text:
    """One noun for several: a record does not tell which of the things that a writer is handed is another."""
    return Text("、または".join(noun.ja for noun in nouns), ", or ".join(noun.en for noun in nouns))


def _changed(noun: Text) -> Text:
    return Text(f"{noun.ja}が変わりました", f"{noun.en} changed")


def _absent(source: str, impression: Impression) -> Explanation:
    edition = impression.edition
    library, shown = edition.newspaper.library, edition.settings.shown(edition.settings.content / source)
    withheld = next((page for page in library.withheld if page.source == source), None)
    if withheld is not None:
        reason = REASON_TEXTS[withheld.reason]
        said = Text(f"{reason.ja}。サイトには載りません", f"{reason.en}: it stays in")
        return Explanation(shown, Outcome.ABSENT, withheld.reason, (said,))
    if any(asset.source == source for asset in library.assets):
        said = Text("画像や資料は、つくらずにそのまま写します", "pictures and downloads are copied as they are")
        return Explanation(shown, Outcome.ABSENT, "copied", (said,))
    if source.startswith("data/"):
        from generator.build.data_in_words import read_as_data  # a build that pulls nothing loads no sources

        if told := read_as_data(source, impression):
            return Explanation(shown, Outcome.DATA, "read", tuple(told))
    said = Text("このファイルの文章が載っているページはありません", "its text stands on no page")
    return Explanation(shown, Outcome.ABSENT, "on-no-page", (said,))
