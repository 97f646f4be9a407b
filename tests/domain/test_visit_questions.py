"""What a visit should make sure of: whose list is asked, and what a record speaks of."""

from __future__ import annotations

import pytest

from desktop.domain.households import HouseholdType
from desktop.domain.records import Place, SegmentKind
from desktop.domain.ticks import TickSubject
from desktop.domain.visit_questions import asked, groups_of, lists_for, said_in, speaks_of
from tests.support.ticks import shipped_sheet


@pytest.mark.parametrize(
    ("household_type", "place", "is_away", "groups"),
    [
        (HouseholdType.ILL, Place.HOME, False, {"ill"}),
        (HouseholdType.OTHER, Place.HOSPITAL, False, {"inpatient"}),
        (HouseholdType.ELDERLY, Place.NONE, True, {"inpatient"}),
        (HouseholdType.ELDERLY, Place.DOOR, True, {"elderly"}),
        (None, Place.HOME, False, set()),
    ],
)
def test_who_is_asked_what_comes_of_type_and_place(household_type, place, is_away, groups):
    assert groups_of(household_type, place, is_away=is_away) == groups


@pytest.mark.parametrize(
    "group", ["elderly", "disabled", "ill", "mother_child", "other", "inpatient"]
)
def test_every_shipped_list_asks_the_common_and_the_own(group):
    (common, items), (_, own) = lists_for(shipped_sheet().subjects, {group})
    assert common == "どの世帯にも"
    assert len(items.split("、")) >= 5
    assert len(own.split("、")) >= 5


def test_without_a_type_the_common_list_is_all_and_an_appointment_is_not_asked():
    (common,) = lists_for(shipped_sheet().subjects, ())
    assert "次の約束" not in common[1]
    assert all(s.segment is not SegmentKind.NEXT for s in asked(shipped_sheet().subjects, ()))


@pytest.mark.parametrize(
    ("label", "words", "text", "said"),
    [
        ("通院", (), "通院は月2回と聞いた。", True),
        ("通院", (), "通院：", False),
        ("通院", (), "通院：月2回", True),
        ("通院", ("受診",), "受診は月2回。", True),
        ("暑さ・寒さ", (), "寒さをしのいでいる。", True),
        ("もの忘れ", (), "モノ忘れはない。", True),
        ("転倒", (), "食事をとっている。", False),
    ],
)
def test_a_line_that_only_asks_says_nothing(label, words, text, said):
    subject = TickSubject(
        code="x", label=label, topic=f"{label}の様子", answers=(), source="self", words=words
    )
    assert speaks_of(said_in([text]), subject) is said
