"""The workflows publish what was verified, from main only, with nothing that can move under them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
GITHUB = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
STARTER = (ROOT / "generator/scaffold/starter/.github/workflows/publish.yml").read_text(encoding="utf-8")
GITLAB = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
INSTALL = "pip install --quiet --require-hashes --requirement requirements.lock"
BUILD = '.venv/bin/kawaraban build --strict --now "$DEMO_DAY" || [ $? -eq 3 ]'
PUBLISH = '.venv/bin/kawaraban publish "$KAWARABAN_TARGET"'


def github() -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    workflow: dict[Any, Any] = yaml.safe_load(GITHUB)
    return {str(key): value for key, value in workflow.items()}


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    used = re.findall(r"uses: (.*)", GITHUB)
    assert used
    assert set(re.findall(r"uses: (.*)", STARTER)) <= set(used)
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


def test_a_pull_request_builds_but_never_publishes() -> None:
    steps = github()["jobs"]["site"]["steps"]
    [publishing] = [step for step in steps if step.get("run") == PUBLISH]
    assert "github.event_name != 'pull_request'" in publishing["if"]
    assert "github.ref == 'refs/heads/main'" in publishing["if"]
    assert "pull_request_target" not in GITHUB


def test_the_workflow_may_read_and_nothing_else() -> None:
    assert github()["permissions"] == {"contents": "read"}
    assert github()["concurrency"]["cancel-in-progress"] is False


def test_both_install_by_hash_build_strictly_and_run_daily() -> None:
    for file in (GITHUB, GITLAB):
        assert INSTALL in file
        assert BUILD in file
        assert PUBLISH in file
    assert github()["True"]["schedule"] == [{"cron": "5 21 * * *"}]
    assert "5 6 * * *" in GITLAB


def test_gitlab_publishes_from_the_default_branch_only() -> None:
    jobs: dict[str, Any] = yaml.safe_load(GITLAB)
    for name in ("publish", "pages"):
        assert jobs[name]["extends"] == ".site"
        [only] = jobs[name]["rules"]
        assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in only["if"]
