from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.support_policies import IssueDomain, PolicyKind, Standing
from desktop.viewmodels.support_policies_comparison import LineChange, compare_policies, summary
from desktop.viewmodels.text_difference import Change, new_side, old_side
from tests.support.fakes_policies import a_policy, a_quote, an_issue

OLD = an_issue()
CARRIED = replace(OLD, standing=Standing.CONTINUED)


def changes(old, new):
    return [
        line.change for line in compare_policies(a_policy("old", *old), a_policy("new", *new), {})
    ]


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (CARRIED, LineChange.SAME),
        (replace(CARRIED, fact="薬は残っていない。"), LineChange.CHANGED),
        (replace(CARRIED, domain=IssueDomain.LIFE), LineChange.CHANGED),
        (replace(CARRIED, goals=()), LineChange.CHANGED),
        (replace(CARRIED, evidence=(a_quote(),)), LineChange.CHANGED),
        (replace(CARRIED, standing=Standing.ENDED), LineChange.ENDED),
    ],
)
def test_each_line_says_what_became_of_it(new, change):
    assert changes([OLD], [new]) == [LineChange.SAME, change]


def test_new_lines_and_those_that_are_no_longer_there():
    ended = an_issue("ended", standing=Standing.ENDED)
    assert changes([OLD, ended], [an_issue("other")]) == [
        LineChange.SAME,
        LineChange.NEW,
        LineChange.GONE,
        LineChange.PAST,
    ]


def test_lines_are_matched_by_id_wherever_they_stand():
    other = an_issue("other", text="食事が偏る")
    assert set(changes([OLD, other], [other, OLD])) == {LineChange.SAME}


def test_the_text_is_compared_by_what_went_and_came():
    new = replace(CARRIED, fact="薬が2日分残っていた。")
    lines = compare_policies(a_policy("old", OLD), a_policy("new", new), {})
    [fact] = [part for part in lines[1].parts if part.key == "fact"]
    assert "".join(p.text for p in old_side(fact.pieces)) == OLD.fact
    assert "".join(p.text for p in new_side(fact.pieces)) == new.fact
    assert any(p.change is Change.SAME and "残っていた" in p.text for p in fact.pieces)


def test_dates_and_codes_are_read_as_a_whole_and_make_no_changed_line():
    old, new = a_policy("old"), a_policy("new", kind=PolicyKind.YEARLY)
    household = compare_policies(old, new, {})[0]
    assert household.change is LineChange.SAME
    assert [p.text for p in household.parts[0].pieces] == ["新規", "定期"]


def test_the_summary_counts_what_changed_first():
    lines = compare_policies(a_policy("old", OLD), a_policy("new", CARRIED, an_issue("x")), {})
    assert summary(lines) == "新しい課題 1、変更なし 2"
