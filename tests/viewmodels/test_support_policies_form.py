from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.support_policies import Standing
from desktop.domain.support_policies_drafting import as_input
from desktop.viewmodels.support_policies_form import (
    added,
    keep_mine,
    moved,
    new_issue,
    next_place,
    outline_line,
    place_of,
    removed,
    undecided,
    wants_evidence,
)
from tests.support.fakes_policies import a_policy, a_quote, an_issue

ONE, TWO, THREE = (an_issue(name, text=name) for name in ("one", "two", "three"))
GIVEN = as_input(a_policy("p", ONE, TWO, THREE))


def texts(given):
    return [issue.text for issue in given.issues]


@pytest.mark.parametrize(
    ("place", "by", "expected"),
    [
        (0, 1, ["two", "one", "three"]),
        (2, -1, ["one", "three", "two"]),
        (0, -1, ["one", "two", "three"]),
        (2, 1, ["one", "two", "three"]),
    ],
)
def test_lines_move_and_stop_at_the_ends(place, by, expected):
    assert texts(moved(GIVEN, place, by)) == expected


def test_lines_come_and_go_at_their_place():
    assert texts(added(GIVEN, 1, an_issue("new", text="new"))) == ["one", "new", "two", "three"]
    assert texts(removed(GIVEN, 1)) == ["one", "three"]


def test_a_new_line_is_new_even_behind_one_carried_over():
    after = replace(ONE, standing=Standing.CONTINUED)
    assert new_issue(after).standing is Standing.NEW
    assert new_issue(after).issue_id != after.issue_id


def test_the_list_says_what_a_review_decided():
    ended = replace(ONE, standing=Standing.ENDED)
    assert outline_line(1, ended, {}) == "1　one（健康・世帯全体）　［終了］"
    assert "（まだ書いていない課題）" in outline_line(2, replace(ONE, text=" "), {})


def test_a_refusal_is_brought_to_the_line_that_it_is_about():
    refused = ValidationError(issues="何かがありません。")
    empty = replace(GIVEN, issues=(ONE, replace(TWO, text="")))
    assert place_of(refused, empty)[0] == 1
    assert set(place_of(refused, empty)[1]) == {"text"}
    ended = replace(GIVEN, issues=(replace(ONE, standing=Standing.ENDED), TWO))
    assert place_of(refused, ended)[0] == 0
    assert set(place_of(refused, ended)[1]) == {"result"}


def test_a_refusal_of_the_household_part_and_one_without_a_field():
    assert place_of(ValidationError(made_on="先の日です。"), GIVEN) == (
        None,
        {"made_on": "先の日です。"},
    )
    assert place_of(ValidationError(issues="課題がありません。"), GIVEN) == (None, {})
    assert place_of(ConflictError("先に更新されました。"), GIVEN) == (None, {})


def test_going_on_with_mine_loses_no_line_of_the_stored_version():
    stored = a_policy("p", TWO, an_issue("theirs", text="theirs"), version=4)
    mine = keep_mine(replace(GIVEN, issues=(ONE, TWO)), stored)
    assert mine.shown_version == 4
    assert texts(mine) == ["one", "two", "theirs"]


def test_the_same_sentence_is_taken_once():
    assert wants_evidence([], a_quote())
    assert not wants_evidence([a_quote()], a_quote())
    assert wants_evidence([a_quote()], replace(a_quote(), start=1))


def test_what_was_carried_over_waits_until_it_is_ended_evaluated_or_decided():
    lines = [replace(i, standing=Standing.CONTINUED) for i in (ONE, TWO, THREE)]
    lines[0] = replace(lines[0], result="続いている。")
    assert undecided(lines, ()) == (TWO.issue_id, THREE.issue_id)
    assert undecided(lines, {TWO.issue_id}) == (THREE.issue_id,)
    assert undecided([replace(TWO, standing=Standing.ENDED), THREE], ()) == ()
    assert outline_line(1, lines[1], {}, is_open=True).endswith("［見直し未］")


@pytest.mark.parametrize(("place", "wanted", "found"), [(1, (3,), 3), (3, (1,), 1), (2, (), 0)])
def test_the_next_line_that_waits_is_behind_this_one_or_at_the_top(place, wanted, found):
    lines = (ONE, TWO, THREE)
    assert next_place(lines, place, {lines[n - 1].issue_id for n in wanted}) == found
