"""What becomes of a file of data: which source reads it, and on which pages its figures stand."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build.impression import Impression
from generator.compose import uses
from generator.model.finding import Text
from generator.pull.source import FileSource
from generator.pull.sources_file import read_sources
from generator.verify.address import file_of

_MOST_PAGES = 10
"""Pages that are named; a metric of a large company stands on hundreds."""


def read_as_data(source: str, impression: Impression) -> list[Text]:
    """Sentences about a file by its path below content/; none when no source reads it."""
    settings = impression.edition.settings
    declared, _ = read_sources(settings)
    reading = [
        name
        for name, one in declared.sources.items()
        if isinstance(one, FileSource) and one.reads_file(settings.content / source, settings)
    ]
    return [text for name in reading for text in _of_source(name, impression)]


def _of_source(name: str, impression: Impression) -> Iterator[Text]:
    yield Text(f"出典 `{name}` の資料です", f"it is data of the source `{name}`")
    metrics = [metric.name for metric in impression.edition.released.metrics.values() if name in metric.sources]
    if not metrics:
        yield Text("この出典から計算する数字はありません", "no figure is made from this source")
        return
    listed = "、".join(f"`{metric}`" for metric in metrics), ", ".join(f"`{metric}`" for metric in metrics)
    yield Text(f"この出典から計算する数字: {listed[0]}", f"figures made from this source: {listed[1]}")
    yield _pages_with(metrics, impression)


def _pages_with(metrics: list[str], impression: Impression) -> Text:
    shown = [
        file_of(url)
        for url, record in sorted(impression.pages.records.items())
        if _figures_in(record.uses) & {*metrics}
    ]
    if not shown:
        return Text("その数字が出ているページはありません", "these figures stand on no page")
    more = len(shown) - _MOST_PAGES
    named, named_en = "、".join(shown[:_MOST_PAGES]), ", ".join(shown[:_MOST_PAGES])
    return Text(
        f"その数字が出ているページ: {named}{f' ほか {more} ページ' if more > 0 else ''}",
        f"pages with these figures: {named_en}{f' and {more} more' if more > 0 else ''}",
    )


def _figures_in(names: tuple[str, ...]) -> set[str]:
    """The metrics whose figures a page looked up."""
    about = (name.removeprefix(uses.FIGURES) for name in names if name.startswith(uses.FIGURES))
    return {uses.metric_and_month(metric)[0] for metric in about}
