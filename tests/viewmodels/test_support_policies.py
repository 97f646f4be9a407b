from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.approvals import Move, MoveRow
from desktop.domain.support_policies import Independence, PolicyState, Standing
from desktop.viewmodels.support_policies import (
    due_sentence,
    in_force_of,
    is_withdrawable,
    is_writable,
    policy_columns,
    policy_text,
    return_reason,
    span_words,
)
from tests.support.factories import TODAY, at
from tests.support.fakes_policies import a_line, a_policy, a_quote, an_issue, not_approved
from tests.support.fakes_records import HEAD, ME, SOMEBODY

NAMES = {HEAD: "試験 太郎"}


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2024, 10, 13), "12日"),
        (date(2024, 10, 31), "30日"),
        (date(2024, 11, 1), "1か月"),
        (date(2025, 6, 30), "8か月"),
        (date(2025, 10, 1), "1年"),
        (date(2026, 12, 15), "2年2か月"),
    ],
)
def test_a_span_is_said_as_people_say_it(until, words):
    assert span_words(TODAY, until) == words


@pytest.mark.parametrize(
    ("today", "said", "tone"),
    [
        (TODAY, "今日決裁されました", "info"),
        (date(2025, 6, 8), "8か月変わっていません", "info"),
        (date(2025, 6, 8), "令和7年10月1日まで（あと3か月）", "info"),
        (date(2025, 9, 10), "あと21日", "warning"),
        (date(2025, 10, 1), "今日が見直しの期日です", "warning"),
        (date(2025, 10, 16), "15日過ぎています", "error"),
    ],
)
def test_how_long_it_stands_and_when_it_is_due(today, said, tone):
    sentence, found = due_sentence([a_line()], today)
    assert said in sentence
    assert found == tone


def test_a_draft_alone_is_no_policy_in_force():
    sentence, tone = due_sentence([not_approved("new")], TODAY)
    assert (sentence, tone) == ("決裁された援助方針はまだありません。", "warning")
    assert due_sentence([], TODAY)[0] == ""


def test_the_one_approved_last_is_in_force_and_the_others_are_past():
    old = a_line("old", approved_at=at(date(2023, 10, 1)))
    new = a_line("new")
    assert in_force_of([old, new]) == new
    columns = policy_columns(lambda: new.policy_id)
    assert [columns[2].text(line) for line in (new, old, not_approved("draft"))] == [
        "有効",
        "過去の方針",
        "下書き",
    ]
    assert [columns[4].text(line) for line in (new, old)] == ["R7.10.1", "―"]


def test_issues_stand_under_their_kind_of_independence_in_its_order():
    social = an_issue("social", independence=Independence.SOCIAL)
    text = policy_text(a_policy("p", social, an_issue()), NAMES)
    assert [label for label, _ in text.groups] == ["日常生活自立", "社会生活自立"]


def test_an_issue_says_whose_it_is_and_keeps_its_evidence():
    issue = an_issue(person_id=HEAD, evidence=(a_quote(),), standing=Standing.ENDED)
    [(_, [shown])] = policy_text(a_policy("p", issue), NAMES).groups
    assert "試験 太郎" in shown.heading
    assert shown.standing == "終了"
    assert shown.evidence == (a_quote(),)
    assert [part.label for part in shown.parts] == ["事実", "目標"]


def test_somebody_who_left_is_not_called_the_whole_household():
    [(_, [shown])] = policy_text(a_policy("p", an_issue(person_id=HEAD)), {}).groups
    assert "世帯員（転出など）" in shown.heading


def test_only_an_own_draft_or_returned_one_is_written_on():
    draft = a_policy(state=PolicyState.DRAFT)
    assert is_writable(draft, ME)
    assert not is_writable(draft, SOMEBODY)
    assert not is_writable(a_policy(), ME)
    assert is_withdrawable(a_policy(state=PolicyState.SUBMITTED), ME)
    assert not is_withdrawable(draft, ME)


def test_why_it_came_back_is_the_last_reason():
    notes = tuple(
        MoveRow(move=Move.RETURN, by="試験 査察", at=at(TODAY, 18), root_version=1, text=text)
        for text in ("一度目", "二度目")
    )
    assert return_reason(a_policy(state=PolicyState.RETURNED, notes=notes)).endswith("二度目")
    assert return_reason(a_policy(notes=notes)) == ""
