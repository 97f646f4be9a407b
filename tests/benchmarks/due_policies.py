"""Policies that are due in a week, written at once into every household of an office that receives protection."""

from __future__ import annotations

from sqlalchemy import Engine, text

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.domain.ids import new_id
from desktop.domain.records import SegmentKind
from desktop.models import Base
from tests.support.desk import SmallOffice
from tests.support.factories import days_ago

ISSUES = 3
#: Entries of the year in each household of the caseworker's own district.
ENTRIES = 12
_AGE, _LEFT = 358, -7
_COLUMNS = {
    "support_policy": "id office_id household_id kind state made_on author_id saved_at version approved_version "
    "approved_at review_due_on content_hash gaps body_sketch",
    "support_policy_version": "policy_id version office_id household_id kind made_on saved_at saved_by content_hash",
    "policy_text": "policy_id version office_id household_id situation evaluation",
    "policy_issue": "policy_id version office_id household_id issue_id position independence domain text fact cause "
    "wish strength standing result",
    "policy_goal": "policy_id version office_id household_id goal_id issue_id position term text by_on",
    "policy_action": "policy_id version office_id household_id action_id issue_id position actor what by_on measure",
    "contact": "id office_id household_id happened_on method place result_code is_home_visit is_absence",
    "entry": "id office_id household_id contact_id number kind origin state change event_on recorded_at saved_at "
    "author_id version content_hash is_annulled body_length body_digest body_sketch",
    "entry_version": "entry_id version office_id household_id change kind contact_id saved_at content_hash",
    "segment": "entry_id version segment_id office_id household_id position kind source text",
}
_SAID = "通院は月に一度で、主治医の指示どおりに薬をのんでいると本人が話した。"
Rows = dict[str, list[tuple[object, ...]]]


def add_due_policies(engine: Engine, office: SmallOffice) -> int:
    """Answers how many are due in the caseworker's district."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT id, district_id FROM household WHERE state = 'receiving'")
        ).all()
    own = {_hex(district_id) for district_id in office.caseworker.district_ids}
    author = office.caseworker.staff_id.hex
    office_id = office.caseworker.office_id.hex
    rows: Rows = {name: [] for name in _COLUMNS}
    ours = 0
    for household_id, district_id in found:
        is_own = _hex(district_id) in own
        ours += is_own
        _policy(rows, office_id, _hex(household_id), author)
        if is_own:
            _year(rows, office_id, _hex(household_id), author)
    tables = [Base.metadata.tables[name] for name in _COLUMNS]
    with engine.begin() as connection, without_checks(connection, tables):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in tables:
            bulk_insert_plain(connection, table, _COLUMNS[table.name].split(), rows[table.name])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_server = engine.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_server else "ANALYZE"))
    return ours


def _policy(rows: Rows, office: str, household: str, author: str) -> None:
    policy, made = new_id().hex, days_ago(_AGE)
    at, key = f"{made.isoformat()} 03:00:00.000000", (policy, 1, office, household)
    rows["support_policy"].append(
        (
            policy, office, household, "yearly", "approved", made.isoformat(), author, at, 1, 1, at,
            days_ago(_LEFT).isoformat(), "0", 0, 0,
        )
    )  # fmt: skip
    rows["support_policy_version"].append((*key, "yearly", made.isoformat(), at, author, "0"))
    rows["policy_text"].append(
        (*key, "単身で暮らしている。持病で通院が続く。", "前年の目標は達した。")
    )
    for place in range(ISSUES):
        issue = new_id().hex
        rows["policy_issue"].append(
            (
                *key, issue, place, "daily", "health", f"服薬と食事が続かない（{place + 1}）", _SAID, "一人では忘れる。",
                "自宅で暮らしたい。", "近所づきあいがある。", "continued", "",
            )
        )  # fmt: skip
        rows["policy_goal"].append((*key, new_id().hex, issue, 0, "short", "毎朝薬をのむ", None))
        rows["policy_action"].append(
            (
                *key,
                new_id().hex,
                issue,
                0,
                "caseworker",
                "訪問のたびに残薬を数える",
                None,
                "残薬の数",
            )
        )


def _year(rows: Rows, office: str, household: str, author: str) -> None:
    for number in range(ENTRIES):
        day = days_ago(_AGE - 1 - number * 28).isoformat()
        entry, contact, at = new_id().hex, new_id().hex, f"{day} 03:00:00.000000"
        rows["contact"].append((contact, office, household, day, "visit", "home", "11", 1, 0))
        rows["entry"].append(
            (
                entry, office, household, contact, number + 2, "home_visit", "office", "submitted", "writing", day, at,
                at, author, 1, "0", 0, 20, "0", 0,
            )
        )  # fmt: skip
        rows["entry_version"].append(
            (entry, 1, office, household, "writing", "home_visit", contact, at, "0")
        )
        rows["segment"].append(
            (entry, 1, new_id().hex, office, household, 0, SegmentKind.FACTS.value, "", _SAID * 4)
        )


def _hex(key: object) -> str:
    return str(key).replace("-", "")
