"""Points come from a table that can be read, each with its line; nothing is counted that has no reason."""

from __future__ import annotations

import pytest

from desktop.domain.errors import ValidationError
from desktop.domain.need_points import ManualPoint, NeedFacts, NeedPoint, NeedRule, need_of

R = NeedRule


def row(rule: NeedRule, points: int, step: int, most: int) -> NeedPoint:
    return NeedPoint(rule=rule, points=points, step=step, most=most, reason=f"{rule.value}の理由")


TABLE = {
    R.SINCE_CONTACT: row(R.SINCE_CONTACT, 2, 10, 40),
    R.FAILED: row(R.FAILED, 10, 1, 30),
    R.DECLARATION_OVERDUE: row(R.DECLARATION_OVERDUE, 8, 1, 16),
    R.CHANGE_REPORTED: row(R.CHANGE_REPORTED, 15, 1, 30),
    R.REVIEW_DUE: row(R.REVIEW_DUE, 10, 1, 10),
    R.MANUAL: row(R.MANUAL, 1, 1, 30),
}


def by_hand(points: int, comment: str = "体調を確かめたい。") -> ManualPoint:
    return ManualPoint(points=points, comment=comment, by="試験 花子")


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        (NeedFacts(days_since_contact=0), 0),
        (NeedFacts(days_since_contact=60, interval_days=60), 20),
        (NeedFacts(days_since_contact=65, interval_days=60), 20),
        (NeedFacts(days_since_contact=66, interval_days=60), 22),
        (NeedFacts(days_since_contact=600, interval_days=60), 40),
        (NeedFacts(), 40),
        (NeedFacts(days_since_contact=900), 0),
        (NeedFacts(days_since_contact=0, failed_attempts=2), 20),
        (NeedFacts(days_since_contact=0, failed_attempts=9), 30),
        (NeedFacts(days_since_contact=0, declarations_overdue=1, changes_reported=1), 23),
        (NeedFacts(days_since_contact=0, reviews_due=3), 10),
        (NeedFacts(days_since_contact=0, manual=(by_hand(12),)), 12),
        (NeedFacts(days_since_contact=0, manual=(by_hand(99), by_hand(-10))), 20),
        (NeedFacts(days_since_contact=0, failed_attempts=1, manual=(by_hand(-30),)), 0),
    ],
)
def test_points_of_facts(facts, points):
    need = need_of(facts, TABLE)
    assert need.points == points
    assert max(0, sum(line.points for line in need.lines)) == points


def test_every_line_says_what_was_found_and_why_it_counts():
    facts = NeedFacts(
        days_since_contact=90, interval_days=60, failed_attempts=1, manual=(by_hand(5),)
    )
    assert [
        (line.rule, line.found, line.points, line.reason) for line in need_of(facts, TABLE).lines
    ] == [
        (R.SINCE_CONTACT, "90日（間隔60日の150％）", 30, "since_contactの理由"),
        (R.FAILED, "続けて1回会えていません", 10, "failedの理由"),
        (R.MANUAL, "試験 花子：体調を確かめたい。", 5, "manualの理由"),
    ]


def test_a_rule_that_the_office_took_out_counts_nothing():
    facts = NeedFacts(failed_attempts=3, manual=(by_hand(9),))
    assert need_of(facts, {}).lines == ()


@pytest.mark.parametrize("comment", ["", "   "])
def test_nobody_adds_points_without_a_comment(comment):
    with pytest.raises(ValidationError, match="理由"):
        by_hand(3, comment)


def test_names_and_comments_are_not_in_what_a_log_might_say():
    assert "花子" not in repr(need_of(NeedFacts(manual=(by_hand(3),)), TABLE))
    assert "花子" not in repr(by_hand(3))
