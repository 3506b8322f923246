"""The places in mkdocs.yml are known without understanding its tags, and findings about its values point at them."""

from __future__ import annotations

from generator.declared.schema import validate
from generator.declared.yaml_elsewhere import marks_of
from generator.model.block import ChartSpec
from generator.model.finding import Family

MKDOCS = """site_name: 瓦版
site_url: !ENV [SITE_URL, 'http://localhost/']
base: &base {a: 1}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - kawaraban:
      <<: *base
      title: 2026
      metric: !ENV METRIC
"""


def test_each_key_and_item_has_its_place() -> None:
    marks = marks_of(MKDOCS, "mkdocs.yml", Family.SETTINGS)
    assert str(marks.place_of(("plugins", 1, "kawaraban", "title"))) == "mkdocs.yml:11:7"
    assert str(marks.place_of(("plugins", 1, "kawaraban", "absent"))) == "mkdocs.yml:9:5"
    assert str(marks.place_of(("absent",))) == "mkdocs.yml"
    assert marks.typed["site_name",] == "瓦版"
    assert ("plugins", 1, "kawaraban", "metric") not in marks.typed  # it is not the name of a variable


def test_what_is_no_yaml_has_one_place() -> None:
    marks = marks_of("a: [", "mkdocs.yml", Family.SETTINGS)
    assert str(marks.place_of(("a",))) == "mkdocs.yml"


def test_an_anchor_inside_itself_does_no_harm() -> None:
    marks = marks_of("a: &a\n  b: *a\n", "mkdocs.yml", Family.SETTINGS)
    assert str(marks.place_of(("a", "b"))) == "mkdocs.yml:2:3"


def test_values_that_another_program_read_are_judged_at_their_places() -> None:
    at = ("plugins", 1, "kawaraban")
    marks = marks_of(MKDOCS, "mkdocs.yml", Family.SETTINGS)
    chart, findings = validate(ChartSpec, {"title": 2026, "metric": "chat", "kind": "trend"}, marks, at)
    assert findings == []
    assert chart is not None
    assert chart.title == "2026"
    _, (finding,) = validate(ChartSpec, {"title": 2026, "metric": [], "kind": "trend"}, marks, at)
    assert (finding.name, str(finding.place)) == ("settings/not-text", "mkdocs.yml:12:7")
