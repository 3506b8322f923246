"""The workflows publish what was verified, from main only, with nothing that can move under them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
STARTER = (ROOT / "generator/scaffold/starter/.github/workflows/publish.yml").read_text(encoding="utf-8")
GITLAB = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
STARTER_GITLAB = (ROOT / "generator/scaffold/starter/.gitlab-ci.yml").read_text(encoding="utf-8")
INSTALL = "pip install --quiet --require-hashes --requirement requirements.lock"
BUILD = '.venv/bin/kawaraban build --strict --now "$DEMO_DAY" || [ $? -eq 3 ]'
PUBLISH = '.venv/bin/kawaraban publish "$KAWARABAN_TARGET"'


def github() -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    workflow: dict[Any, Any] = yaml.safe_load(GITHUB)
    return {str(key): value for key, value in workflow.items()}


def steps_with_exports() -> dict[str, str]:
    """The line of each starter's file that brings exports to the build."""
    steps = yaml.safe_load(STARTER)["jobs"]["site"]["steps"]
    jobs = yaml.safe_load(STARTER_GITLAB)
    lines = {"GitHub": [step.get("run", "") for step in steps], "GitLab": jobs[".build"]["before_script"]}
    return {name: next(line for line in those if "KAWARABAN_EXPORTS" in line) for name, those in lines.items()}


@pytest.mark.parametrize(("name", "line"), steps_with_exports().items())
def test_exports_that_git_does_not_hold_are_taken_from_a_folder_of_the_runner(
    name: str, line: str, tmp_path: Path
) -> None:
    (tmp_path / "shared/usage").mkdir(parents=True)
    (tmp_path / "shared/usage/2026-10.csv").write_text("月", encoding="utf-8")
    (tmp_path / "site/content/data/exports/sample").mkdir(parents=True)
    environment = {"PATH": os.environ["PATH"], "KAWARABAN_EXPORTS": str(tmp_path / "shared")}
    subprocess.run(["/bin/sh", "-ec", line], cwd=tmp_path / "site", env=environment, check=True)
    assert (tmp_path / "site/content/data/exports/usage/2026-10.csv").read_text(encoding="utf-8") == "月"
    if name == "GitLab":  # jobs of a merge request see no such folder; GitHub's step says so in its `if`
        subprocess.run(["/bin/sh", "-ec", line], cwd=tmp_path / "site", env={"PATH": os.environ["PATH"]}, check=True)


def test_the_guide_names_every_variable_of_the_starters_files() -> None:
    guide = (ROOT / "content/guide/publishing.md").read_text(encoding="utf-8")
    used = set(re.findall(r"KAWARABAN_[A-Z]+", STARTER + STARTER_GITLAB))
    assert {name for name in used if f"`{name}`" not in guide} == set()


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
