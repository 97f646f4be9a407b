"""Why a household is on the list in words, and what was noted of a policy beside its review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.domain.households import HouseholdState, Identity
from desktop.domain.policy_duties import DutyResult, Outcome
from desktop.domain.policy_review import LineDecision, ReviewCase, same_since
from desktop.domain.support_policies import NoReview, PolicyAnswers, PolicyKind
from desktop.viewmodels.policy_review import (
    Span,
    reason_text,
    reason_word,
    within,
)
from desktop.viewmodels.policy_review_evidence import Mark, near_to, noted_text, year_of
from desktop.viewmodels.policy_review_lines import PolicyReview
from tests.domain.test_policy_events import event
from tests.support.factories import TODAY, days_ago
from tests.support.fakes_policies import a_policy, an_issue
from tests.support.fakes_records import HOUSEHOLD, an_id
from tests.viewmodels.test_policy_review import due, review

AT = datetime(2024, 10, 1, tzinfo=UTC)
MOST_BITS = 5


def test_the_year_an_event_and_a_missing_policy_are_said():
    yearly = replace(due("1", TODAY), approved_on=date(2023, 10, 1))
    assert reason_word(yearly, TODAY) == "年1回"
    assert reason_text(yearly, TODAY) == "年1回の見直し（R5.10.1決裁）"
    by_event = replace(yearly, events=(event(TODAY), event(days_ago(-5), label="転居")))
    assert reason_word(by_event, TODAY) == "世帯員が加わった"
    assert reason_text(by_event, TODAY) == (
        "きっかけ 世帯員が加わった（R6.9.1）　ほかのきっかけ 転居（R6.9.1）"
    )
    missing = replace(due("1", TODAY), is_missing=True, protected_since=date(2024, 7, 1))
    assert reason_word(missing, TODAY) == "方針なし"
    assert reason_text(missing, TODAY) == "決裁された援助方針がありません（R6.7.1から）"
    assert "開始日も分かりません" in reason_text(replace(missing, protected_since=None), TODAY)


def test_an_event_sets_the_kind_only_of_a_policy_that_follows_one():
    line = replace(due("1", TODAY), events=(event(TODAY),))
    assert line.begins_as is None
    assert replace(line, policy_id=an_id("p")).begins_as is PolicyKind.EVENT
    later = replace(line, policy_id=an_id("p"), events=(event(days_ago(-1)),))
    assert (later.event, later.begins_as) == (None, None)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2021, 10, 1), "3年同じ・年1回"),
        (date(2021, 10, 2), "2年同じ・年1回"),
        (date(2024, 3, 1), "前と同じ・年1回"),
    ],
)
def test_how_long_the_words_are_the_same_is_said_and_filtered(since, words):
    same = replace(due("1", TODAY), same_since=since)
    assert reason_word(same, TODAY) == words
    assert "文面が変わっていません" in reason_text(same, TODAY)
    assert within((same, due("2", TODAY)), Span.SOON, TODAY, only_same=True) == (same,)


def test_sameness_goes_back_as_far_as_the_words_agree():
    newest, before, first = date(2024, 9, 1), date(2023, 9, 1), date(2022, 9, 1)
    chain = ((newest, 0b0), (before, 0b11111), (first, 0b1111111111))
    assert same_since(chain, MOST_BITS, TODAY) == first
    assert same_since(chain, MOST_BITS - 1, TODAY) is None
    assert same_since((), MOST_BITS, TODAY) is None
    assert same_since(((date(2022, 10, 2), 0),), MOST_BITS, TODAY) is None
    assert same_since(((date(2022, 10, 1), 0),), MOST_BITS, TODAY) == date(2022, 10, 1)


def test_what_was_noted_before_decides_nothing_and_comes_back():
    issue = an_issue("a")
    noted = {issue.issue_id: "「数える」済み（R6.5.1）：数えた。"}
    found = review(issue)
    given = replace(found.given, issues=(replace(issue, result=noted[issue.issue_id]),))
    begun = PolicyReview(given, a_policy("before", issue), (), noted)
    assert begun.lines[0].decision is None
    begun.evaluate_line(0, f"{noted[issue.issue_id]}\n続ける。")
    assert begun.lines[0].decision is LineDecision.CONTINUE
    begun.restore(0)
    assert begun.lines[0].issue.result == noted[issue.issue_id]
    assert begun.lines[0].decision is None


def test_results_and_answers_stand_in_the_year_near_to_their_issue():
    issue, other = an_issue("a"), an_issue("b", text="金銭の管理", fact="", goals=())
    result = DutyResult(
        line_id=issue.goals[0].goal_id,
        outcome=Outcome.NOT_DONE,
        happened_on=days_ago(3),
        by="見本 一郎",
        noted_at=AT,
        text="断られた。",
    )
    answer = NoReview(
        happened_on=days_ago(2), event="転居", reason="同じ町内。", by="見本 一郎", answered_at=AT
    )
    case = ReviewCase(
        identity=Identity(
            household_id=HOUSEHOLD,
            case_number="1",
            head_name="試験 太郎",
            head_kana="シケン タロウ",
            district_code="01",
            district_name="第一",
            caseworker="見本 一郎",
            state=HouseholdState.RECEIVING,
        ),
        names={},
        previous=a_policy("before", other, issue),
        since=None,
        entries=(),
        answers=PolicyAnswers(no_reviews=(answer,)),
        results={result.line_id: (result,)},
    )
    lines = year_of(case, TODAY)
    assert [line.mark for line in lines] == [Mark.NO_REVIEW, Mark.NOT_DONE]
    assert [line.entry_id for line in lines] == [None, None]
    assert "断られた。" in noted_text(lines[1])
    assert "取組・できなかった" in noted_text(lines[1])
    assert near_to(lines, issue)[0].mark is Mark.NOT_DONE
    assert not any(line.is_near for line in near_to(lines, other))
