"""What the screen 開示 says of parts and requests, and what it offers to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.disclosures import (
    DisclosureMove,
    DisclosureReason,
    DisclosureRow,
    DisclosureSheet,
    DisclosureState,
    MoveRow,
    Requester,
)
from desktop.domain.disclosures_marks import Found, Verdict, find
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.viewmodels.disclosures import (
    PartRow,
    acts_for,
    around,
    heading,
    marks_text,
    part_rows,
    request_columns,
    stale_marks,
)
from tests.domain.test_disclosures import a_mark, a_part
from tests.reports.test_disclosures import an_entry
from tests.support.fakes import CLOCK, make_staff

S = DisclosureState
RECORDS, SUPERVISOR = (
    make_staff(roles=frozenset({role})) for role in (Role.RECORDS_STAFF, Role.SUPERVISOR)
)
PERSON = new_id()
REASONS = (DisclosureReason(code="78-1-2", label="他人", article="架空法2号"),)


def a_row(**changes) -> DisclosureRow:
    row = DisclosureRow(
        disclosure_id=new_id(),
        household_id=new_id(),
        fiscal_year=2024,
        number=7,
        case_number="0123",
        head_name="架空 花子",
        district_code="01",
        requester=Requester.AGENT,
        asked_on=date(2024, 9, 1),
        records_from=date(2024, 4, 1),
        records_to=date(2024, 9, 1),
        due_on=date(2024, 10, 1),
        state=S.PREPARING,
        prepared_by_id=new_id(),
        prepared_by="記録 見本",
        reviewed_by="査察 見本",
    )
    return replace(row, **changes)


def a_sheet(state: DisclosureState = S.PREPARING, **changes) -> DisclosureSheet:
    sheet = DisclosureSheet(
        row=a_row(state=state),
        person_id=PERSON,
        person="架空 花子",
        asked_by="代理 見本",
        entries=(an_entry(),),
        marks=(),
        reasons=REASONS,
    )
    return replace(sheet, **changes)


def offered(sheet, staff, waiting=0) -> set[str]:
    acts = acts_for(sheet, staff, waiting)
    names = ("mark", "hand_over", "review", "reopen", "withdraw", "issue")
    return {name for name in names if getattr(acts, f"may_{name}")}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.PREPARING, {"mark", "hand_over", "withdraw"}),
        (S.HANDED_OVER, {"reopen", "withdraw"}),
        (S.REVIEWED, {"reopen", "withdraw", "issue"}),
        (S.ISSUED, set()),
        (S.WITHDRAWN, set()),
    ],
)
def test_what_is_offered_to_whoever_prepares(state, expected):
    assert offered(a_sheet(state), RECORDS) == expected
    assert offered(a_sheet(state), SUPERVISOR) == set()


def test_the_second_look_is_offered_to_whom_the_database_lets():
    sheet = a_sheet(S.HANDED_OVER, may_review=True)
    assert offered(sheet, SUPERVISOR) == {"review"}
    assert offered(replace(sheet, is_changed=True), SUPERVISOR) == set()


def test_nothing_is_handed_over_or_issued_that_waits_or_changed():
    assert "hand_over" not in offered(a_sheet(), RECORDS, waiting=1)
    assert "hand_over" not in offered(a_sheet(entries=()), RECORDS)
    assert "issue" not in offered(a_sheet(S.REVIEWED, is_changed=True), RECORDS)
    assert acts_for(None, RECORDS, 0).note == ""


@pytest.mark.parametrize(
    ("sheet", "waiting", "words"),
    [
        (a_sheet(), 3, "決めていない箇所が3件"),
        (a_sheet(), 0, "決めていない箇所はありません"),
        (a_sheet(entries=()), 0, "決裁済みの記録がありません"),
        (a_sheet(S.HANDED_OVER), 0, "確認を待っています"),
        (a_sheet(S.HANDED_OVER, is_changed=True), 0, "準備に戻して"),
        (a_sheet(S.REVIEWED), 0, "査察 見本さんが確認しました"),
    ],
)
def test_what_it_waits_for_is_said(sheet, waiting, words):
    assert words in acts_for(sheet, RECORDS, waiting).note


def test_why_it_came_back_and_marks_of_earlier_versions_are_said():
    returned = MoveRow(
        move=DisclosureMove.RETURN, by="査察 見本", at=CLOCK.now(), reason="隣人の名。"
    )
    entry = an_entry()
    key = replace(a_part().key, entry_id=entry.entry_id, version=1)
    sheet = a_sheet(moves=(returned,), entries=(entry,), marks=(a_mark(key=key),))
    assert stale_marks(sheet) == 1
    note = acts_for(sheet, RECORDS, 0).note
    assert "前回の理由：隣人の名。" in note
    assert "前の版に付けた印が1件" in note


@pytest.mark.parametrize(
    ("marks", "waits", "verdict", "hidden"),
    [
        ((), True, "未決定", []),
        ((), False, "", []),
        ((a_mark(),), False, "不開示", [(0, 23)]),
        ((a_mark(2, 6),), False, "一部", [(2, 6)]),
        ((a_mark(verdict=Verdict.LEFT),), False, "開示", []),
    ],
)
def test_a_part_says_what_was_decided(marks, waits, verdict, hidden):
    row = PartRow(part=a_part(), marks=marks, waits=waits)
    assert (row.verdict, row.hidden()) == (verdict, hidden)


def test_marks_are_told_with_reason_words_and_note():
    marks = (a_mark(2, 6, note="隣人。"), a_mark(verdict=Verdict.LEFT), a_mark(reason="x"))
    told = marks_text(PartRow(part=a_part(why="関係機関の記録"), marks=marks, waits=True), REASONS)
    assert told.split("\n") == [
        "この箇所は決めてください：関係機関の記録",
        "不開示 「見本太郎」　架空法2号（見本）　メモ：隣人。",
        "開示（見本）",
        "不開示 全部　x（見本）",
    ]


def test_a_place_stands_between_what_is_around_it():
    part = a_part("前" * 20 + "名前" + "後" * 20)
    (found,) = find([part], "名前", [])
    assert around(found) == f"…{'前' * 12}【名前】{'後' * 12}…"
    short = Found(part=a_part("名前"), start=0, end=2, is_struck=False)
    assert around(short) == "【名前】"


def test_parts_come_in_the_order_of_the_paper():
    labels = [row.part.label for row in part_rows(a_sheet())]
    assert labels[:5] == ["場所・結果", "相手", "記録者", "訂正の理由", "件名・目的"]


def test_the_heading_says_who_asked_for_whom():
    assert "架空 花子（請求 代理 見本）" in heading(a_sheet())
    assert "（請求" not in heading(a_sheet(asked_by="架空 花子"))


def test_an_overdue_request_is_said_in_words():
    due = next(c for c in request_columns(date(2024, 10, 2)) if c.header == "期限")
    assert due.text(a_row()) == "R6.10.1 超過"
    assert due.tone
    assert due.tone(a_row()) == "error"
    assert due.text(a_row(state=S.ISSUED)) == "R6.10.1"
