from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.support_policies import IssueDomain, PolicyKind, Standing
from desktop.viewmodels.support_policies_comparison import (
    LineChange,
    compare_policies,
    policy_legend,
)
from desktop.viewmodels.text_difference import Change
from tests.support.fakes_policies import a_policy, a_quote, an_issue
from tests.support.policies_in_memory import QUOTE, before, line, policy, policy_card

OLD = an_issue()
CARRIED = replace(OLD, standing=Standing.CONTINUED)


def compared(old, new, name="new"):
    return compare_policies(a_policy("old", *old), a_policy(name, *new), {})


def changes(old, new, name="new"):
    return [line.change for line in compared(old, new, name).lines]


def reviewed(new, old=None):
    card = policy_card(new, old)
    return compare_policies(old, new, card.people, card.sources).reviewed()


def part(line, key):
    return next(part for part in line.parts if part.key == key)


def changed(line):
    return {part.key for part in line.parts if part.is_changed}


@pytest.mark.parametrize(
    ("new", "change", "keys"),
    [
        (CARRIED, LineChange.SAME, set()),
        (replace(CARRIED, text="別の課題"), LineChange.CHANGED, {"text"}),
        (replace(CARRIED, fact="薬は残っていない。"), LineChange.CHANGED, {"fact"}),
        (replace(CARRIED, fact=""), LineChange.CHANGED, {"fact"}),
        (replace(CARRIED, domain=IssueDomain.LIFE), LineChange.CHANGED, {"about"}),
        (replace(CARRIED, goals=()), LineChange.CHANGED, {"goals"}),
        (replace(CARRIED, evidence=(a_quote(),)), LineChange.CHANGED, {"evidence"}),
        (replace(CARRIED, result="続いている。"), LineChange.SAME, set()),
        (replace(CARRIED, standing=Standing.ENDED), LineChange.ENDED, {"standing"}),
    ],
)
def test_each_line_says_what_became_of_it(new, change, keys):
    household, found = compared([OLD], [new]).lines
    assert (household.change, found.change) == (LineChange.SAME, change)
    assert changed(found) == keys


def test_new_lines_and_those_that_are_no_longer_there():
    ended = an_issue("ended", standing=Standing.ENDED)
    assert changes([OLD, ended], [an_issue("other")]) == [
        LineChange.SAME,
        LineChange.NEW,
        LineChange.DROPPED,
        LineChange.PAST,
    ]
    assert changes([OLD], [an_issue("other")], "old") == [
        LineChange.SAME,
        LineChange.NEW,
        LineChange.GONE,
    ]


def test_lines_are_matched_by_id_wherever_they_stand():
    other = an_issue("other", text="食事が偏る")
    assert set(changes([OLD, other], [other, OLD])) == {LineChange.SAME}


def test_the_text_is_compared_by_what_went_and_came():
    new = replace(CARRIED, fact="薬が2日分残っていた。")
    fact = part(compared([OLD], [new]).lines[1], "fact")
    assert "".join(p.text for p in fact.old) == OLD.fact
    assert "".join(p.text for p in fact.new) == new.fact
    assert any(p.change is Change.SAME and "残っていた" in p.text for p in fact.pieces)


def test_dates_and_codes_are_read_as_a_whole_and_make_no_changed_line():
    old, new = a_policy("old"), a_policy("new", kind=PolicyKind.YEARLY)
    household = compare_policies(old, new, {}).lines[0]
    assert household.change is LineChange.SAME
    assert [p.text for p in part(household, "kind").pieces] == ["新規", " 定期"]


def test_another_grade_or_number_of_visits_is_a_change_of_the_households_part():
    old, new = (a_policy(name, grade="B", visits_per_year=n) for name, n in (("o", 6), ("n", 12)))
    comparison = compare_policies(old, new, {})
    assert comparison.lines[0].change is LineChange.CHANGED
    assert [p.text for p in part(comparison.lines[0], "visits").new] == ["B　年12回"]
    assert comparison.summary == "世帯の欄に変更あり、変更なし 1"


def test_the_summary_counts_the_issues():
    comparison = compared([OLD], [CARRIED, an_issue("x")])
    assert comparison.summary == "新しい課題 1、変更なし 1"


def test_the_evaluation_of_the_year_before_is_not_held_against_an_older_one():
    old = before("old", evaluation="一昨年の評価。", situation="二人で暮らしている。")
    new = policy("new", evaluation="昨年の評価。")
    household = reviewed(new, old).lines[0]
    assert [p.key for p in household.parts][-2:] == ["evaluation", "situation"]
    assert changed(household) == {"situation", "made"}
    evaluation = part(household, "evaluation")
    assert [p.text for p in (*evaluation.old, *evaluation.new)] == [
        "一昨年の評価。",
        "昨年の評価。",
    ]
    assert [p.text for p in evaluation.pieces] == ["昨年の評価。"]
    assert "R5.10.2 承認" in policy_legend(policy_card(new, old), reviewed(new, old))


def test_between_versions_of_one_policy_an_evaluation_is_text_like_any_other():
    old = a_policy("p", replace(CARRIED, result="続いている。"), evaluation="よい。")
    new = a_policy("p", replace(CARRIED, result="止まった。"), evaluation="悪い。", version=2)
    comparison = compare_policies(old, new, {})
    assert [line.change for line in comparison.lines] == [LineChange.CHANGED] * 2
    assert changed(comparison.lines[1]) == {"result"}


def test_the_first_policy_is_read_without_marks():
    comparison = reviewed(policy("new", line("一", standing=Standing.NEW)))
    pieces = [p for line in comparison.lines for part in line.parts for p in part.pieces]
    assert {piece.change for piece in pieces} == {Change.SAME}
    assert policy_legend(policy_card(policy("new")), comparison) == "この世帯の最初の援助方針です。"


def test_a_supervisor_reads_no_line_that_was_ended_before():
    old = before("old", line("一"), line("二", standing=Standing.ENDED, result="解決した。"))
    assert [i.change for i in reviewed(policy("new", line("一")), old).issues] == [LineChange.SAME]


def test_evidence_names_the_record_and_the_line_its_person():
    (issue,) = reviewed(policy("new")).issues
    assert part(issue, "evidence").pieces[0].text == f"「{QUOTE}」（No.12 R6.10.1 の記録）"
    assert issue.about == "試験 太郎　健康（日常生活自立）"
    (whole,) = reviewed(policy("new", line("一", person_id=None))).issues
    assert whole.about.startswith("世帯全体")


def test_where_no_sentence_is_quoted_it_says_so_behind_the_fact():
    (issue,) = reviewed(policy("new", line("一", evidence=()))).issues
    keys = [p.key for p in issue.parts]
    assert keys.index("evidence") == keys.index("fact") + 1
    assert "引かれていません" in part(issue, "evidence").pieces[0].text
