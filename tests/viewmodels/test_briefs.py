"""訪問前のまとめ in words, and what visits are for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.briefs import (
    Brief,
    ExpiringPaper,
    OpenPromise,
    PurposeKind,
    RecentEntry,
    VisitSide,
    purposes_of,
)
from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import DatedFact, SafetyMarkKind
from desktop.domain.office import Period
from desktop.domain.policy_duties import DutyKind, DutyResult, DutyRow, Outcome
from desktop.domain.support_policies import Actor
from desktop.viewmodels.briefs import brief_groups, duty_columns, told
from tests.support.factories import TODAY, at
from tests.support.fakes_policies import an_issue
from tests.support.fakes_records import HEAD, HOUSEHOLD, an_id

NEXT_WEEK = TODAY + timedelta(days=7)
YESTERDAY = TODAY - timedelta(days=1)


def a_duty(name: str = "duty", **changes: Any) -> DutyRow:
    values: dict[str, Any] = {
        "duty_id": an_id(name),
        "policy_id": an_id("policy"),
        "line_id": an_id(f"line {name}"),
        "kind": DutyKind.ACTION,
        "issue_id": an_id("medicine"),
        "actor": Actor.CASEWORKER,
        "by_on": NEXT_WEEK,
        "settled_on": None,
        "words": "残薬を数える",
    }
    return DutyRow(**values | changes)


def a_brief(**changes: Any) -> Brief:
    values: dict[str, Any] = {
        "household_id": HOUSEHOLD,
        "policy_id": an_id("policy"),
        "approved_on": date(2024, 4, 1),
        "review_due_on": date(2025, 4, 1),
        "issues": (),
        "duties": (),
        "promises": (),
        "papers": (),
        "names": {HEAD: "試験 太郎"},
    }
    return Brief(**values | changes)


def a_result(**changes: Any) -> DutyResult:
    values: dict[str, Any] = {
        "line_id": an_id("line duty"),
        "outcome": Outcome.PARTLY,
        "happened_on": YESTERDAY,
        "by": "試験 担当",
        "noted_at": at(YESTERDAY),
        "text": "半分残っていた。",
    }
    return DutyResult(**values | changes)


def cells(duty: DutyRow) -> list[str]:
    return [column.text(duty) for column in duty_columns(lambda: TODAY)]


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({}, "R6.10.8"),
        ({"by_on": YESTERDAY}, "▲ R6.9.30"),
        ({"by_on": YESTERDAY, "settled_on": TODAY}, "R6.9.30"),
        ({"by_on": TODAY}, "R6.10.1"),
        ({"by_on": None}, "期日なし"),
    ],
)
def test_lateness_is_a_sign_and_ends_with_a_result(changes, day):
    assert cells(a_duty(**changes))[0] == day


def test_the_newest_result_stands_in_the_list_and_all_of_them_beneath():
    older = a_result(outcome=Outcome.DONE, happened_on=date(2024, 9, 1), text="数えた。")
    duty = a_duty(settled_on=YESTERDAY, results=(a_result(), older), measure="残薬の数")
    assert cells(duty)[-1] == "一部済み R6.9.30"
    assert told(duty).splitlines() == [
        "残薬を数える",
        "確かめ方：残薬の数",
        "一部済み（R6.9.30）：半分残っていた。　試験 担当",
        "済み（R6.9.1）：数えた。　試験 担当",
    ]


def test_purposes_are_what_is_due_by_then_or_has_no_day():
    duties = (
        a_duty("a", by_on=None, words="体重を見る"),
        a_duty("b", kind=DutyKind.SHORT_GOAL, actor=None, by_on=YESTERDAY, words="毎朝のむ"),
        a_duty("c", actor=Actor.MEDICAL, words="残薬を知らせる"),
        a_duty("d", by_on=NEXT_WEEK + timedelta(days=1), words="先のこと"),
        a_duty("e", settled_on=TODAY, words="済んだこと"),
    )
    found = purposes_of(a_brief(duties=duties), NEXT_WEEK)
    assert [(p.kind, p.text, p.by_on) for p in found] == [
        (PurposeKind.SHORT_GOAL, "毎朝のむ", YESTERDAY),
        (PurposeKind.PERSONS_ACTION, "医療機関：残薬を知らせる", NEXT_WEEK),
        (PurposeKind.ACTION, "体重を見る", None),
    ]
    assert found[0].source_id == an_id("line b")


@pytest.mark.parametrize(("due", "is_asked"), [(NEXT_WEEK, True), (date(2024, 10, 9), False)])
def test_a_review_that_comes_near_is_a_purpose(due, is_asked):
    kinds = [p.kind for p in purposes_of(a_brief(review_due_on=due), NEXT_WEEK)]
    assert kinds == ([PurposeKind.REVIEW] if is_asked else [])


def test_groups_without_lines_are_left_out():
    titles = [group.title for group in brief_groups(a_brief(), (), TODAY)]
    assert titles == ["次の訪問の目的（案）", "援助方針"]
    promise = OpenPromise(
        promise_id=an_id("promise"),
        entry_id=an_id("entry"),
        event_on=TODAY,
        who="",
        what="診断書を出す",
        due_on=YESTERDAY,
    )
    brief = a_brief(
        issues=(an_issue(person_id=HEAD, wish="働きたい。"),),
        promises=(promise,),
        policy_id=None,
    )
    _, issues, promises, policy = brief_groups(brief, (), TODAY)
    assert [line.text for line in issues.lines] == [
        "服薬が続いていない　［健康］　試験 太郎",
        "　希望：働きたい。",
    ]
    assert promises.lines[0].text == "▲ 診断書を出す（R6.9.30まで）　R6.10.1の記録"
    assert promises.lines[0].entry_id == an_id("entry")
    assert "有効な援助方針がありません" in policy.lines[0].text


def a_side(**changes: Any) -> VisitSide:
    values: dict[str, Any] = {
        "marks": (SafetyMarkKind.DOG,),
        "last_met_on": TODAY - timedelta(days=40),
        "days_since_met": 40,
        "absences": 2,
        "vain": (600, 620),
        "changes": (
            DatedFact(label="就労", value="架空商店", period=Period(valid_from=YESTERDAY)),
        ),
        "recent": (
            RecentEntry(
                entry_id=an_id("last"),
                event_on=YESTERDAY,
                kind_label="電話（受）",
                result_label="電話",
                gist="腰の痛みが続くと話した。",
            ),
        ),
        "questions": (("高齢", "食事、転倒"),),
    }
    return VisitSide(**values | changes)


def lines_of(brief: Brief) -> dict[str, list[str]]:
    groups = brief_groups(brief, (), TODAY)
    return {group.title: [line.text for line in group.lines] for group in groups}


def test_what_protects_stands_first_and_the_last_meeting_beneath() -> None:
    found = lines_of(a_brief(visit=a_side()))
    assert list(found)[:2] == ["安全の印", "前回の面接から"]
    assert found["安全の印"] == ["▲ 犬注意"]
    met, absences, change = found["前回の面接から"]
    assert met.endswith("（40日前）")
    assert absences == "▲ 不在が2回続いています　次は昼過ぎに"
    assert change.endswith("就労：架空商店")


def test_whom_nobody_rings_stands_above_the_last_meeting() -> None:
    found = lines_of(a_brief(visit=a_side(barred=("親族　架空 次郎：本人の希望",))))
    assert list(found)[:3] == ["安全の印", "連絡しない相手", "前回の面接から"]
    assert found["連絡しない相手"] == ["× 連絡しない：親族　架空 次郎：本人の希望"]


def test_the_last_entries_lead_to_themselves_and_the_questions_end() -> None:
    groups = brief_groups(a_brief(visit=a_side()), (), TODAY)
    assert [group.title for group in groups][-2:] == ["最近の記録", "聞くこと"]
    (entry,) = groups[-2].lines
    assert entry.entry_id == an_id("last")
    assert entry.text.endswith("電話（受）（電話）　腰の痛みが続くと話した。")
    assert groups[-1].lines[0].text == "高齢：食事、転倒"


def test_nobody_met_and_nothing_changed_is_said() -> None:
    side = a_side(last_met_on=None, days_since_met=None, absences=0, vain=(), marks=(), changes=())
    found = lines_of(a_brief(visit=side))
    assert found["前回の面接から"] == [
        "会えた訪問の記録がありません。",
        "台帳に変わったことはありません。",
    ]
    assert "安全の印" not in found


def test_declarations_that_run_out_are_asked_for_the_late_ones_first() -> None:
    papers = tuple(
        ExpiringPaper(
            person="架空 花子",
            kind=DeclarationKind.INCOME,
            month=date(2024, n, 1),
            due_on=date(2024, n + 1, 10),
            reminders=int(n == 9),
        )
        for n in range(3, 11)
    )
    lines = lines_of(a_brief(visit=a_side(expiring=papers)))["期限の近い申告・届いていない申告"]
    assert lines[0] == "▲ R6.4.10まで　架空 花子　収入申告書（R6.3分）"
    assert lines[-1] == "ほか2件"
    (soon,) = lines_of(a_brief(visit=a_side(expiring=papers[6:7])))[
        "期限の近い申告・届いていない申告"
    ]
    assert soon == "R6.10.10まで　架空 花子　収入申告書（R6.9分）　督促1回"
