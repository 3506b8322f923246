"""The commands with a source on the network: what they say, how they end, and that no secret is in what they leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import build_here, run, run_here
from tests.pull.canary import assert_no_trace
from tests.pull.remote import COLUMNS, GOOD, TOKEN
from tests.pull.server.loopback import Loopback, loopback
from tests.pull.server.reply import Reply, json_reply


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as listening:
        listening.on("/usage", GOOD)
        yield listening


@pytest.fixture
def site(small_site: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site with a source that nobody counts yet."""
    monkeypatch.setenv("USAGE_KEY", TOKEN)  # a name that does not itself say secret
    sources = small_site / "content" / "data" / "sources.yml"
    sources.write_text(
        f"{sources.read_text('utf-8')}\n  afar:\n    kind: http\n    label: 利用状況\n    url: {server.address}/usage\n"
        f"    auth: {{kind: bearer, token: {{env: USAGE_KEY}}}}\n    time: day\n{COLUMNS}",
        "utf-8",
    )
    return small_site


def test_p10_pulling_in_a_process_of_its_own_tells_no_secret(site: Path, server: Loopback) -> None:
    run_here("pull", "-f", site / "mkdocs.yml")
    for reply in (Reply(b"", 401), json_reply([{"mail": TOKEN, "day": "2026-10-01", "count": 1}])):
        server.on("/usage", reply)
        done = run("pull", cwd=site)
        assert done.code == 3, done.said
        assert ".kawaraban" in done.out
        assert_no_trace(TOKEN, site, [done.said])


def test_p14_the_news_goes_out_while_a_source_is_down(site: Path, server: Loopback) -> None:
    assert build_here(site).code == 0
    story = next((site / "content").rglob("*.md"))
    story.write_text(story.read_text("utf-8") + "\n続きを書きました。\n", "utf-8")
    server.on("/usage", Reply(b"", 401))
    done = build_here(site)
    assert done.code == 3, done.said
    assert "USAGE_KEY" in done.said
    assert "続きを書きました" in "".join(page.read_text("utf-8") for page in (site / "site").rglob("*.html"))
    assert_no_trace(TOKEN, site, [done.said])


def test_a_source_that_is_back_is_noticed_though_no_file_has_changed(site: Path, server: Loopback) -> None:
    build_here(site)
    server.on("/usage", Reply(b"", 401))
    assert build_here(site).code == 3
    server.on("/usage", GOOD)
    assert build_here(site).code == 0


@pytest.mark.parametrize("command", ["pull", "check", "build"])
def test_strict_data_makes_old_figures_an_error(site: Path, server: Loopback, command: str) -> None:
    moment = () if command == "pull" else ("--now", "2026-11-20")
    run_here("pull", "-f", site / "mkdocs.yml")
    server.on("/usage", Reply(b"", 401))
    done = run_here(command, "-f", site / "mkdocs.yml", *moment, "--strict-data")
    assert done.code == 30, done.said
    assert "`--strict-data`" in done.said


def test_f8_an_attack_is_no_stale_figure(site: Path, server: Loopback) -> None:
    run_here("pull", "-f", site / "mkdocs.yml")
    server.on("/usage", Reply(b"", 302, {"Location": "http://169.254.169.254/"}))
    assert run_here("pull", "-f", site / "mkdocs.yml").code == 30


def test_a_page_that_holds_a_declared_secret_is_not_published(site: Path) -> None:
    build_here(site)
    story = next((site / "content").rglob("*.md"))
    story.write_text(story.read_text("utf-8") + "\n接続には abcdefgh-1234-ijkl を使います。\n", "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("USAGE_KEY", "abcdefgh-1234-ijkl")
        done = build_here(site)
    assert done.code == 40, done.said
    assert "USAGE_KEY" in done.said
    assert "abcdefgh-1234-ijkl" not in done.said
