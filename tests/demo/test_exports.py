"""The demo's exports have the vendors' formats, tell the company's story, and are always the same bytes."""

import csv
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # a test tool only
import pytest
import python_calamine

from generator.demo import company
from generator.demo.write import STAMP, write
from tests.demo.oracle import Key, recomputed

ROOT = Path(__file__).parents[2]

MONTHS = [f"{2025 + (10 + i) // 12}-{(10 + i) % 12 + 1:02d}" for i in range(12)]

TEAMS_COLUMNS = (
    "Report Refresh Date, Tenant Display Name, Shared Channel Tenant Display Names, User Id, User Principal Name, "
    "Last Activity Date, Is Deleted, Deleted Date, Assigned Products, Team Chat Message Count, "
    "Private Chat Message Count, Call Count, Meeting Count, Post Messages, Reply Messages, Urgent Messages, "
    "Meetings Organized Count, Meetings Attended Count, Ad Hoc Meetings Organized Count, "
    "Ad Hoc Meetings Attended Count, Scheduled One-time Meetings Organized Count, "
    "Scheduled One-time Meetings Attended Count, Scheduled Recurring Meetings Organized Count, "
    "Scheduled Recurring Meetings Attended Count, Audio Duration, Video Duration, Screen Share Duration, "
    "Audio Duration In Seconds, Video Duration In Seconds, Screen Share Duration In Seconds, Has Other Action, "
    "Is Licensed, Report Period"
)
"""Copied from the vendor's documentation, not from the code under test."""

SLACK_FIELDS = (
    "date enterprise_id team_id user_id email_address enterprise_employee_number is_guest is_billable_seat "
    "is_active is_active_ios is_active_android is_active_desktop reactions_added_count messages_posted_count "
    "channel_messages_posted_count files_added_count is_active_apps is_active_workflows "
    "is_active_slack_connect total_calls_count slack_calls_count slack_huddles_count search_count date_claimed"
)

MESSAGES = ("Team Chat Message Count", "Private Chat Message Count", "Post Messages", "Reply Messages")

CHAT_COURSE = (21, 26, 31, 38, 42, 46, 50, 55, 61, 65, 71, 76)
ONE_ON_ONE_COURSE = (34, 41, 47, 53, 57, 62, 66)

FIRST_REACHED = {
    "marketing": "2026-03",
    "information-systems": "2026-06",
    "overseas-sales": "2026-07",
    "design": "2026-07",
    "sales-east": "2026-08",
    "customer-service": "2026-08",
    "research": "2026-08",
    "general-affairs": "2026-09",
    "human-resources": "2026-10",
    "production-engineering": "2026-10",
}
"""The month in which each department first reached its own chat target; the others have not."""


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "exports"
    assert write(folder) == 350
    return folder


@pytest.fixture(scope="session")
def counted(exports: Path) -> dict[Key, tuple[int, int]]:
    """Numerator and headcount of what is a share of the headcount and was measured."""
    counts = recomputed(exports).counts
    return {key: (c.numerator, c.headcount) for key, c in counts.items() if c.numerator is not None and not c.groups}


@pytest.fixture(scope="session")
def rates(counted: dict[Key, tuple[int, int]]) -> dict[Key, float]:
    """Return the oracle's rates in percent."""
    return {key: 100 * part / whole for key, (part, whole) in counted.items()}


def sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def teams(exports: Path, month: str) -> list[dict[str, str]]:
    return rows(exports / "teams" / f"TeamsUserActivityUserDetail_{month}.csv")


class TestWriting:
    def test_two_runs_give_the_same_bytes(self, exports: Path, tmp_path: Path) -> None:
        """Another process, another hash seed, another time zone: the same files."""
        environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "America/Anchorage"}
        command = [sys.executable, "-m", "generator.demo", str(tmp_path)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        assert sums(tmp_path) == sums(exports)

    def test_a_second_run_touches_nothing(self, exports: Path) -> None:
        before = {path: path.stat().st_mtime_ns for path in exports.rglob("*")}
        assert write(exports) == 0
        assert {path: path.stat().st_mtime_ns for path in exports.rglob("*")} == before

    def test_only_what_is_missing_is_written_and_strays_of_an_older_version_go(
        self, exports: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "exports"
        shutil.copytree(exports, folder)
        (folder / "targets.xlsx").unlink()
        stray = folder / "slack" / "slack_member_analytics_2026-05-07.json.gz"
        stray.write_bytes(b"")
        own = folder / "slack" / "README"
        own.write_text("not ours")
        with (folder / STAMP).open("a") as stamp:
            stamp.write(f"0 slack/{stray.name}\n")
        assert write(folder) == 1
        assert not stray.exists()
        own.unlink()
        assert sums(folder) == sums(exports)

    def test_exports_stay_out_of_the_repository(self) -> None:
        if shutil.which("git") is None or not (ROOT / ".git").exists():
            pytest.skip("not a git working copy")
        git = ["git", "-C", str(ROOT)]
        tracked = subprocess.run([*git, "ls-files", "content/data/exports"], check=True, capture_output=True, text=True)
        assert tracked.stdout == ""
        subprocess.run([*git, "check-ignore", "-q", "content/data/exports/hr_roster.csv"], check=True)


class TestTeams:
    @pytest.mark.parametrize("month", MONTHS)
    def test_has_the_vendors_form(self, exports: Path, month: str) -> None:
        data = (exports / "teams" / f"TeamsUserActivityUserDetail_{month}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbfReport Refresh Date,")
        assert data.count(b"\n") == data.count(b"\r\n") > 2000
        header = data.decode("utf-8-sig").split("\r\n", 1)[0]
        assert header == TEAMS_COLUMNS.replace(", ", ",")
        assert len(header.split(",")) == 33
        year, number = map(int, month.split("-"))
        end = date.fromordinal(date(year + number // 12, number % 12 + 1, 1).toordinal() - 1)
        for row in teams(exports, month):
            assert (row["Report Refresh Date"], row["Report Period"]) == (str(end), "30")
            assert row["Is Deleted"] in ("True", "False")
            assert row["Has Other Action"] in ("Yes", "No")
            assert row["Is Licensed"] in ("Yes", "No")
            assert (row["Deleted Date"] != "") == (row["Is Deleted"] == "True")
            assert row["Last Activity Date"] <= str(end)
            if sum(int(row[count]) for count in MESSAGES) > 0:
                assert row["Last Activity Date"].startswith(month)

    def test_holds_the_traps_of_real_files(self, exports: Path) -> None:
        seen: Counter[str] = Counter()
        for month in MONTHS:
            report = teams(exports, month)
            live = [row for row in report if row["Is Deleted"] == "False"]
            assert len({row["User Id"] for row in report}) == len(report)
            assert len({row["User Principal Name"].lower() for row in live}) == len(live)
            seen["created anew"] += len(report) - len({row["User Principal Name"].lower() for row in report})
            for row in report:
                sent = sum(int(row[count]) for count in MESSAGES) > 0
                name = row["User Principal Name"]
                assert name.endswith((f"@{company.DOMAIN}", f"@{company.DOMAIN}".upper()))
                seen["never active"] += row["Last Activity Date"] == ""
                seen["guest"] += "#EXT#" in name
                seen["service"] += name.startswith("svc-")
                seen["upper case"] += name != name.lower() and "#EXT#" not in name
                seen["deleted but sent"] += row["Is Deleted"] == "True" and sent
                seen["other action only"] += (
                    row["Has Other Action"] == "Yes" and row["Meeting Count"] == "0" and not sent
                )
                seen["meetings only"] += row["Meeting Count"] != "0" and not sent
                seen["posts in channels only"] += sent and row[MESSAGES[0]] == row[MESSAGES[1]] == "0"
                seen["comma in a field"] += "," in row["Shared Channel Tenant Display Names"]
        expected = {
            "created anew",
            "never active",
            "guest",
            "service",
            "upper case",
            "deleted but sent",
            "other action only",
            "meetings only",
            "posts in channels only",
            "comma in a field",
        }
        assert {kind for kind, count in seen.items() if count} == expected

    def test_an_eligible_person_can_be_deleted_on_the_last_day(self, exports: Path) -> None:
        """Somebody who left on the last day still counts below the line, but not above it."""
        last_days = {
            (row["メールアドレス"], row["適用終了日"].replace("/", "-"))
            for row in rows(exports / "hr_roster.csv", "cp932")
            if row["雇用区分"] != "派遣"
        }
        closed = {
            (row["User Principal Name"].lower(), row["Deleted Date"])
            for month in MONTHS
            for row in teams(exports, month)
            if row["Deleted Date"] == row["Report Refresh Date"]
        }
        assert closed & last_days


class TestSlack:
    def test_every_day_but_those_of_the_outage_has_a_file(self, exports: Path) -> None:
        days = [date.fromordinal(n) for n in range(date(2025, 11, 1).toordinal(), date(2026, 11, 1).toordinal())]
        names = [f"slack_member_analytics_{day}.json.gz" for day in days if (day.year, day.month) != (2026, 5)]
        assert sorted(path.name for path in (exports / "slack").iterdir()) == names
        assert sum(path.stat().st_size for path in (exports / "slack").iterdir()) < 8_000_000

    def test_is_reproducible_gzip_of_one_object_a_line(self, exports: Path) -> None:
        data = (exports / "slack" / "slack_member_analytics_2026-10-20.json.gz").read_bytes()
        assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no time, no name, no system
        members = [json.loads(line) for line in gzip.decompress(data).splitlines()]
        assert " ".join(members[0]) == SLACK_FIELDS
        assert {member["date"] for member in members} == {"2026-10-20"}
        assert sum(member["is_guest"] for member in members) == 6
        assert sum(not member["is_billable_seat"] for member in members) == 3
        assert any(member["is_active"] and member["messages_posted_count"] == 0 for member in members)

    def test_people_are_of_the_engineering_division_and_rest_on_weekends(self, exports: Path) -> None:
        engineers = {
            row["メールアドレス"]
            for row in rows(exports / "hr_roster.csv", "cp932")
            if row["所属コード"] in company.SLACK
        }
        active: dict[str, int] = {}
        for day in ("2026-10-17", "2026-10-20"):  # Saturday, Tuesday
            with gzip.open(
                exports / "slack" / f"slack_member_analytics_{day}.json.gz", "rt", encoding="utf-8"
            ) as lines:
                members = [json.loads(line) for line in lines]
            people = [member for member in members if member["enterprise_employee_number"]]
            assert {member["email_address"] for member in people} <= engineers
            active[day] = sum(member["is_active"] for member in people)
        assert active["2026-10-17"] < 0.1 * active["2026-10-20"]


class TestRoster:
    def test_is_cp932_as_the_personnel_system_writes_it(self, exports: Path) -> None:
        data = (exports / "hr_roster.csv").read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")
        assert data.decode("cp932").split("\r\n", 1)[0] == (
            "社員番号,氏名,メールアドレス,所属コード,所属名,雇用区分,在籍区分,主務区分,適用開始日,適用終了日"
        )
        with pytest.raises(UnicodeDecodeError):
            data.decode("shift_jis")  # 髙 and 﨑

    def test_has_every_kind_of_change(self, exports: Path) -> None:
        roster = rows(exports / "hr_roster.csv", "cp932")
        assert {row["雇用区分"] for row in roster} == {"正社員", "契約社員", "嘱託", "派遣"}
        assert {row["在籍区分"] for row in roster} == {"在籍", "休職"}
        assert [row["主務区分"] for row in roster].count("兼務") == 1
        posts: dict[str, list[dict[str, str]]] = {}
        for row in roster:
            posts.setdefault(row["社員番号"], []).append(row)
        transfers = [
            mine
            for mine in posts.values()
            if {"2026/03/31"} & {row["適用終了日"] for row in mine} and len({row["所属コード"] for row in mine}) > 1
        ]
        assert len(transfers) > 100
        assert any(row["適用開始日"] == "2026/04/01" for mine in posts.values() if len(mine) == 1 for row in mine)
        assert sum(all(row["適用終了日"] for row in mine) for mine in posts.values()) > 50

    def test_headcounts_are_those_of_the_company(self, counted: dict[Key, tuple[int, int]]) -> None:
        for department in company.DEPARTMENTS:
            assert counted["chat_active_rate", "2026-10", department.id][1] == department.headcount
        assert counted["chat_active_rate", "2026-10", None][1] == 2000

    def test_no_denominator_moves_by_a_tenth_in_a_month(self, counted: dict[Key, tuple[int, int]]) -> None:
        """The newsletter asks for a note when one does; the demo has none to give."""
        for (metric, month, department), (_, people) in counted.items():
            later = counted.get((metric, MONTHS[min(MONTHS.index(month) + 1, 11)], department))
            assert later is None or abs(later[1] - people) <= 0.1 * people, (metric, month, department)

    def test_departments_are_those_of_the_declared_file(self) -> None:
        declared = rows(ROOT / "content" / "data" / "departments.csv", "utf-8")
        orders = [int(row.pop("order")) for row in declared]
        assert orders == sorted(set(orders))
        everything = (*company.DIVISIONS, *company.DEPARTMENTS, *company.MERGED)
        assert sorted(declared, key=lambda row: row["department_id"]) == [
            {
                "department_id": department.id,
                "name": department.name,
                "parent_id": department.parent_id,
                "valid_from": str(department.first),
                "valid_to": str(department.last or ""),
                "successor_id": department.successor_id,
            }
            for department in sorted(everything, key=lambda department: department.id)
        ]


class TestTargets:
    def test_both_readers_see_the_same_table(self, exports: Path) -> None:
        path = exports / "targets.xlsx"
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["目標", "説明"]
        ours = [[cell if cell is not None else "" for cell in row] for row in book["目標"].iter_rows(values_only=True)]
        calamine = python_calamine.CalamineWorkbook.from_path(str(path))
        assert calamine.sheet_names == ["目標", "説明"]
        assert calamine.get_sheet_by_name("目標").to_python(skip_empty_area=False) == ours
        assert ours[0][0] == "2026年度 部署別の目標"
        assert set(ours[1]) == {""}
        assert ours[2] == ["部署コード", "部署名", "人員数", "チャット目標", "1on1目標", "開発チャット目標"]
        table = {row[0]: row[1:] for row in ours[3:]}
        assert len(table) == 18
        assert table["design"] == ["設計部", 178, 0.8, 0.8, 0.85]
        assert table["manufacturing-1"] == ["製造一部", 360, 0.7, 0.8, ""]
        assert table["legal"] == ["法務室", 4, 0.9, 0.8, ""]
        assert book["目標"]["D4"].number_format == "0%"


class TestSurvey:
    def test_has_the_form_of_a_forms_export(self, exports: Path) -> None:
        data = (exports / "one_on_one_survey.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        answers = rows(exports / "one_on_one_survey.csv")
        assert ",".join(answers[0]) == ("ID,開始時刻,完了時刻,メール,名前,回答月,今月1on1を実施しましたか,よかったこと")
        assert [int(row["ID"]) for row in answers] == list(range(1, len(answers) + 1))
        assert [row["完了時刻"] for row in answers] == sorted(row["完了時刻"] for row in answers)
        assert {row["回答月"] for row in answers} == set(MONTHS[5:])
        assert {row["今月1on1を実施しましたか"] for row in answers} == {"はい", "いいえ"}
        remarks = {row["よかったこと"] for row in answers}
        assert any("\n" in remark for remark in remarks)
        assert any("," in remark for remark in remarks)

    def test_last_and_first_answer_differ_for_some(self, exports: Path) -> None:
        answers: dict[tuple[str, str], list[str]] = {}
        for row in rows(exports / "one_on_one_survey.csv"):
            answers.setdefault((row["メール"], row["回答月"]), []).append(row["今月1on1を実施しましたか"])
        pairs = {tuple(mine) for mine in answers.values() if len(mine) > 1}
        assert pairs == {("はい", "はい"), ("はい", "いいえ"), ("いいえ", "はい"), ("いいえ", "いいえ")}


class TestStory:
    def test_files_say_exactly_what_was_planned(self, counted: dict[Key, tuple[int, int]]) -> None:
        """Nobody planned as active got lost in a format, and nobody outside the count slipped in."""
        courses = {
            "chat_active_rate": company.CHAT,
            "one_on_one_rate": company.ONE_ON_ONE,
            "slack_active_rate": company.SLACK,
        }
        for (metric, month, department), (part, whole) in counted.items():
            if department is not None:
                percent = company.expected(courses[metric], department, date.fromisoformat(f"{month}-01"))
                assert part == (percent * whole + 50) // 100, (metric, month, department)

    def test_company_follows_its_course(self, rates: dict[Key, float]) -> None:
        for month, percent in zip(MONTHS, CHAT_COURSE, strict=True):
            assert rates["chat_active_rate", month, None] == pytest.approx(percent, abs=1)
        for month, percent in zip(MONTHS[5:], ONE_ON_ONE_COURSE, strict=True):
            assert rates["one_on_one_rate", month, None] == pytest.approx(percent, abs=1)

    @pytest.mark.parametrize(
        ("department", "percent"),
        [
            ("sales-east", 84),
            ("sales-west", 74),
            ("accounting", 88),
            ("quality", 79),
            ("manufacturing-1", 60),
            ("manufacturing-2", 66),
        ],
    )
    def test_named_departments_end_where_the_stories_say(
        self, rates: dict[Key, float], department: str, percent: int
    ) -> None:
        assert rates["chat_active_rate", "2026-10", department] == pytest.approx(percent, abs=2)

    def test_forerunners_and_model_case(self, rates: dict[Key, float]) -> None:
        assert rates["chat_active_rate", "2026-10", "marketing"] > 90
        assert rates["chat_active_rate", "2026-10", "information-systems"] > 90
        assert rates["one_on_one_rate", "2026-10", "design"] == pytest.approx(82, abs=0.5)

    def test_departments_reach_their_targets_in_different_months(self, rates: dict[Key, float]) -> None:
        first: dict[str, str] = {}
        for department in company.DEPARTMENTS:
            for month in MONTHS:
                rate = rates.get(("chat_active_rate", month, department.id), 0)
                if rate >= 100 * (department.chat_target or 2):
                    first.setdefault(department.id, month)
        assert first == FIRST_REACHED

    def test_slack_reaches_its_target_in_august_and_was_not_measured_in_may(self, rates: dict[Key, float]) -> None:
        course = {month: rates.get(("slack_active_rate", month, None)) for month in MONTHS}
        assert [month for month, rate in course.items() if rate is None] == ["2026-05"]
        assert min(month for month, rate in course.items() if rate and rate >= 85) == "2026-08"

    def test_merged_departments_end_and_their_successor_begins(self, rates: dict[Key, float]) -> None:
        for department, months in (
            ("procurement", MONTHS[:5]),
            ("logistics", MONTHS[:5]),
            ("supply", MONTHS[5:]),
        ):
            assert [month for month in MONTHS if ("chat_active_rate", month, department) in rates] == months

    def test_habits_stick(self, exports: Path) -> None:
        """Of those who wrote in September nearly all wrote in October."""
        senders = [
            {
                row["User Principal Name"].lower()
                for row in teams(exports, month)
                if row["Is Deleted"] == "False" and sum(int(row[count]) for count in MESSAGES) > 0
            }
            for month in ("2026-09", "2026-10")
        ]
        assert len(senders[0] & senders[1]) > 0.93 * len(senders[0])
        assert len(senders[0] - senders[1]) > 0
