"""The list of the review, the decisions on its lines, and the year's words: no database, no window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.policy_review import DuePolicy, LineDecision, ReviewStage
from desktop.domain.records import Promise
from desktop.domain.support_policies import PolicyInput, PolicyKind, Standing
from desktop.domain.support_policies_drafting import carried_over
from desktop.viewmodels.policy_review import (
    Span,
    counts_of,
    due_columns,
    empty_sentence,
    left_text,
    within,
)
from desktop.viewmodels.policy_review_evidence import (
    Mark,
    line_text,
    near_to,
    year_lines,
    year_summary,
)
from desktop.viewmodels.policy_review_lines import PolicyReview
from tests.support.factories import TODAY, days_ago
from tests.support.fakes_policies import a_policy, a_quote, an_issue
from tests.support.fakes_records import HOUSEHOLD, an_id, entry


def due(name: str, day: date, stage: ReviewStage = ReviewStage.OPEN) -> DuePolicy:
    return DuePolicy(
        household_id=an_id(name),
        case_number=name,
        head_name="試験 太郎",
        due_on=day,
        approved_on=None,
        policy_id=None,
        stage=stage,
    )


def review(*issues, settled=()):
    before = a_policy("before", *issues)
    given = PolicyInput(
        policy_id=an_id("next"),
        household_id=HOUSEHOLD,
        shown_version=0,
        kind=PolicyKind.YEARLY,
        made_on=TODAY,
        follows=before.policy_id,
        issues=carried_over(before),
    )
    return PolicyReview(given, before, settled)


LINES = (
    due("1", days_ago(3)),
    due("2", days_ago(-60)),
    due("3", date(2025, 3, 31)),
    due("4", date(2025, 4, 1)),
    due("5", days_ago(1), ReviewStage.SUBMITTED),
)


@pytest.mark.parametrize(
    ("span", "numbers"),
    [
        (Span.OVERDUE, ["1"]),
        (Span.SOON, ["1", "2"]),
        (Span.YEAR, ["1", "2", "3"]),
        (Span.EVERY, ["1", "2", "3", "4"]),
    ],
)
def test_a_span_ends_on_its_day(span, numbers):
    assert [line.case_number for line in within(LINES, span, TODAY)] == numbers


def test_what_waits_is_counted_and_shown_when_asked_for():
    assert (
        counts_of(LINES, Span.SOON, TODAY).sentence
        == "見直す 2件（うち期限超過 1件）　決裁待ち 1件"
    )
    shown = within(LINES, Span.OVERDUE, TODAY, with_waiting=True)
    assert [line.case_number for line in shown] == ["1", "5"]


def test_days_are_said_as_people_say_them():
    days = (days_ago(12), TODAY, days_ago(-30))
    assert [left_text(due("1", d), TODAY) for d in days] == ["12日超過", "今日", "あと30日"]


def test_an_empty_span_says_what_comes_next():
    assert "次の期日は令和7年4月1日" in empty_sentence((LINES[3],), Span.SOON, TODAY)
    assert "決裁待ちの1件" in empty_sentence((LINES[4],), Span.SOON, TODAY)
    assert "受給中の世帯がありません" in empty_sentence((), Span.SOON, TODAY)
    assert "絞り込みを外す" in empty_sentence(LINES, Span.SOON, TODAY, only_same=True)


def test_a_line_goes_on_only_when_somebody_says_so():
    found = review(an_issue("a"), an_issue("b"))
    assert [line.decision for line in found.lines] == [None, None]
    found.go_on(0)
    assert [line.decision for line in found.lines] == [LineDecision.CONTINUE, None]
    assert found.next_open(0) == 1
    assert not found.is_changed
    found.evaluate_line(1, "のめている。")
    assert found.lines[1].decision is LineDecision.CONTINUE
    assert found.next_open(1) is None
    assert found.is_changed


def test_a_changed_line_is_decided_and_a_quotation_alone_is_not():
    found = review(an_issue("a"))
    found.cite(0, a_quote())
    assert found.lines[0].decision is None
    found.take(0, replace(found.given.issues[0], cause="飲み忘れ"))
    assert found.lines[0].decision is LineDecision.CHANGE
    found.restore(0)
    assert found.lines[0].decision is None
    assert found.given.issues[0].evidence == ()


def test_what_is_missing_is_said_in_the_order_of_the_work():
    found = review(an_issue("a"), an_issue("b"))
    first = found.missing()
    assert first is not None
    assert (first.place, first.wants_result) == (0, False)
    found.go_on(0)
    found.end(1)
    second = found.missing()
    assert second is not None
    assert (second.place, second.wants_result) == (1, True)
    found.evaluate_line(1, "終わった。")
    third = found.missing()
    assert third is not None
    assert third.place is None
    found.evaluate("一年でよくなった。")
    assert found.missing() is None
    assert found.given.issues[1].standing is Standing.ENDED


def test_a_new_line_needs_words_and_goes_again():
    found = review(an_issue("a"))
    found.go_on(0)
    place = found.add(replace(an_issue("new"), text=""))
    assert found.lines[place].decision is LineDecision.ADD
    missing = found.missing()
    assert missing is not None
    assert missing.place == place
    found.restore(place)
    assert len(found.lines) == 1


def test_what_was_stored_is_no_change():
    found = review(an_issue("a"))
    found.evaluate("書いた。")
    found.was_stored(1, found.given)
    assert not found.is_changed
    assert found.given.shown_version == 1


def test_settled_lines_stay_settled():
    issue = an_issue("a")
    assert review(issue, settled={issue.issue_id}).lines[0].decision is LineDecision.CONTINUE


def promise(name: str, **changes) -> Promise:
    return Promise(promise_id=an_id(name), who="本人", what="受診する", **changes)


def test_promises_are_told_apart_and_near_sentences_come_first():
    made = entry(
        promises=(
            promise("kept", due_on=days_ago(9), kept_on=days_ago(10)),
            promise("missed", due_on=days_ago(1)),
            promise("open", due_on=days_ago(-1)),
        ),
    )
    lines = year_lines((made,), TODAY)
    assert [line.mark for line in lines[:3]] == [Mark.KEPT, Mark.MISSED, Mark.PENDING]
    assert "約束 守られた 1、未了 1" in year_summary((made,), None, TODAY)
    first = near_to(lines, an_issue("a", text="受診が途切れる"))[0]
    assert first.is_near
    assert line_text(first).startswith("●約束・済み：")
    assert not any(line.is_near for line in near_to(lines, None))


def test_a_begun_review_is_marked_in_the_list():
    columns = due_columns(lambda: TODAY)
    texts = [[c.text(line) for c in columns] for line in (LINES[0], LINES[4])]
    assert texts == [
        ["R6.9.28", "3日超過", "1　試験 太郎", "年1回"],
        ["R6.9.30", "1日超過", "［待］5　試験 太郎", "年1回"],
    ]
    tooltip = columns[2].tooltip
    assert tooltip is not None
    assert tooltip(LINES[4]) == "5　試験 太郎　決裁待ち"
