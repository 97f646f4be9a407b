from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.support_policies import IssueDomain, Standing
from desktop.viewmodels.support_policies_difference import (
    LineChange,
    compare_policies,
    policy_legend,
)
from desktop.viewmodels.text_difference import Change
from tests.support.policies_in_memory import QUOTE, before, line, policy, policy_card


def compared(new, old=None):
    card = policy_card(new, old)
    return compare_policies(old, new, card.people, card.sources)


def changed(issue):
    return {part.key for part in issue.parts if part.is_changed}


def test_lines_are_known_by_their_id_and_said_in_words():
    old = before("old", line("一"), line("二"), line("三"), line("四"))
    new = policy(
        "new",
        line("三", standing=Standing.ENDED, result="解決した。"),
        replace(line("二"), wish="通院を続けたい。"),
        line("一"),
        line("五", standing=Standing.NEW),
    )
    found = compared(new, old)
    assert [issue.change for issue in found.issues] == [
        LineChange.ENDED,
        LineChange.CHANGED,
        LineChange.UNCHANGED,
        LineChange.NEW,
        LineChange.DROPPED,
    ]
    assert found.summary == "新しい課題 1、変更あり 1、終了 1、変更なし 1、引き継がれていない 1"
    assert changed(found.issues[1]) == {"wish"}
    assert "課題" in found.issues[4].parts[0].label
    assert {p.change for part in found.issues[4].parts for p in part.pieces} == {Change.REMOVED}
    assert {p.change for part in found.issues[3].parts for p in part.pieces} == {Change.ADDED}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"text": "別の課題。"}, "text"),
        ({"fact": ""}, "fact"),
        ({"goals": ()}, "goals"),
        ({"actions": ()}, "actions"),
        ({"domain": IssueDomain.WORK}, "kind"),
        ({"person_id": None}, "kind"),
    ],
)
def test_every_part_of_a_line_counts(change, key):
    (issue,) = compared(policy("new", line("一", **change)), before("old", line("一"))).issues
    assert issue.change is LineChange.CHANGED
    assert changed(issue) == {key}


def test_another_sentence_of_the_record_is_a_change_and_an_evaluation_is_none():
    old = before("old", line("一"))
    (quoted,) = compared(policy("new", line("一", evidence=())), old).issues
    assert quoted.change is LineChange.CHANGED
    (judged,) = compared(policy("new", line("一", result="続いている。")), old).issues
    assert judged.change is LineChange.UNCHANGED
    assert judged.parts[0].pieces[0].text == "続いている。"


def test_the_first_policy_is_read_without_marks():
    found = compared(policy("new", line("一", standing=Standing.NEW)))
    pieces = [p for part in (*found.parts, *found.issues[0].parts) for p in part.pieces]
    assert {piece.change for piece in pieces} == {Change.SAME}
    assert policy_legend(policy_card(policy("new")), found) == "この世帯の最初の援助方針です。"


def test_an_ended_line_of_the_old_policy_is_not_missed():
    old = before("old", line("一"), line("二", standing=Standing.ENDED, result="解決した。"))
    assert [issue.change for issue in compared(policy("new", line("一")), old).issues] == [
        LineChange.UNCHANGED
    ]


def test_evidence_names_the_record_and_the_line_its_person():
    (issue,) = compared(policy("new")).issues
    assert issue.evidence == (f"「{QUOTE}」（No.12 R6.10.1 の記録）",)
    assert issue.heading == "試験 太郎　健康（日常生活自立）"
    (whole,) = compared(policy("new", line("一", person_id=None))).issues
    assert whole.heading.startswith("世帯全体")


def test_the_evaluation_of_the_year_before_is_not_held_against_an_older_one():
    old = before("old", evaluation="一昨年の評価。", situation="二人で暮らしている。")
    found = compared(policy("new", evaluation="昨年の評価。"), old)
    assert [(part.key, part.is_changed) for part in found.parts] == [
        ("evaluation", False),
        ("situation", True),
    ]
    assert "R5.10.2 承認" in policy_legend(policy_card(policy("new"), old), found)
