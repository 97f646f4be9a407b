"""Whom to meet first, and what is behind at 30, 60 and 90 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.handover_order import FirstFacts, first_key, progress_words, reasons_of
from desktop.domain.handovers import HandoverRow
from desktop.domain.households import SafetyMarkKind
from desktop.domain.ids import new_id

TODAY = date(2025, 4, 1)
NOTHING = FirstFacts(last_met_on=date(2025, 3, 1))
PAST, AHEAD = date(2025, 3, 20), date(2025, 4, 20)


ROW = HandoverRow(
    handover_id=new_id(),
    batch_id=new_id(),
    district_id=new_id(),
    district="01",
    from_id=new_id(),
    from_name="架空 一郎",
    to_id=new_id(),
    to_name="架空 次郎",
    effective_on=TODAY,
    made_by="査察 見本",
    made_at=datetime(2025, 3, 1, tzinfo=UTC),
    undone_at=None,
    checked_at=datetime(2025, 4, 1, tzinfo=UTC),
    households=10,
    given=10,
    taken=10,
    contacted=10,
    faults=2,
    closed_faults=2,
    can_lead=True,
    undo_refusal="",
)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (NOTHING, ()),
        (FirstFacts(), ("会った記録がありません",)),
        (
            FirstFacts(marks=(SafetyMarkKind.SHIELDED, SafetyMarkKind.DOG), last_met_on=PAST),
            ("安全の注意があります（支援措置）",),
        ),
        (
            FirstFacts(grade="A", visits_per_year=12, last_met_on=PAST),
            ("訪問が多い世帯です（A　年12回）",),
        ),
        (FirstFacts(children=2, last_met_on=PAST), ("18歳未満の人が2人います",)),
        (
            FirstFacts(last_met_on=PAST, visit_due_on=PAST),
            ("訪問の期日を過ぎています（R7.3.20）",),
        ),
        (
            FirstFacts(last_met_on=PAST, deadline_on=AHEAD),
            ("約束・見直しの期日が近づいています（R7.4.20）",),
        ),
    ],
)
def test_the_reason_stands_in_words(facts, words):
    assert reasons_of(facts, TODAY) == words


def test_safety_comes_before_level_children_overdue_visits_and_deadlines():
    in_order = [
        FirstFacts(marks=(SafetyMarkKind.VIOLENCE,), last_met_on=PAST),
        FirstFacts(grade="A", visits_per_year=12, last_met_on=PAST),
        FirstFacts(children=1, last_met_on=PAST),
        FirstFacts(last_met_on=PAST, visit_due_on=PAST),
        FirstFacts(last_met_on=PAST, deadline_on=AHEAD),
        FirstFacts(),
        FirstFacts(last_met_on=PAST),
    ]
    keys = [first_key(facts, TODAY, "1") for facts in in_order]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("days", "changes", "words"),
    [
        (29, {"taken": 3}, ""),
        (30, {"taken": 3}, "引継ぎから30日：新しい担当者の確認がまだ 7世帯"),
        (30, {"given": 9}, "引継ぎから30日：前の担当者の確認がまだ 1世帯"),
        (30, {"given": 0, "from_id": None}, ""),
        (42, {"contacted": 4}, ""),
        (43, {"contacted": 4}, "引継ぎから43日：初回の接触がまだ 6世帯"),
        (30, {"checked_at": None}, "引継ぎから30日：総点検をしていない"),
        (89, {"closed_faults": 0}, ""),
        (90, {"closed_faults": 0}, "引継ぎから90日：総点検の残り 2件"),
        (90, {}, ""),
        (90, {"taken": 0, "undone_at": datetime(2025, 4, 2, tzinfo=UTC)}, ""),
        (-1, {"taken": 0}, ""),
    ],
)
def test_what_is_behind_is_a_sentence(days, changes, words):
    assert progress_words(replace(ROW, **changes), TODAY + timedelta(days=days)) == words
