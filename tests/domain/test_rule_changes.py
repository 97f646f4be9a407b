"""Files of changes of the rules: what is read, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.card_files import CardError, CardTable
from desktop.domain.households import HouseholdType, ResidenceKind
from desktop.domain.ids import new_id
from desktop.domain.rule_change_concerns import (
    CATALOGUE,
    Aged,
    Concern,
    Earning,
    Everyone,
    InGrade,
    NotSurveyed,
    OfType,
    Staying,
    Turning,
    read_concern,
)
from desktop.domain.rule_change_ticks import (
    ConcernedHousehold,
    DistrictProgress,
    Tick,
    TickState,
    progress_of,
)
from desktop.domain.rule_changes import ChangeTask, read_change, recent_changes
from tests.support.factories import CLOCK, TODAY
from tests.support.rule_changes import a_change

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
GOOD: dict[str, tuple[dict[str, Any], Concern]] = {
    "everyone": ({}, Everyone()),
    "household_type": ({"types": ["elderly"]}, OfType(types=(HouseholdType.ELDERLY,))),
    "turning": (
        {"age": 18, "first": FIRST, "last": LAST},
        Turning(age=18, first=FIRST, last=LAST),
    ),
    "aged": ({"lowest": 0, "highest": 3, "on": FIRST}, Aged(lowest=0, highest=3, on=FIRST)),
    "grade": ({"grade": 12, "year": 2024}, InGrade(grade=12, year=2024)),
    "staying": ({"kinds": ["hospital"]}, Staying(kinds=(ResidenceKind.HOSPITAL,))),
    "earning": ({"months": 3}, Earning(months=3)),
    "not_surveyed": ({"year": 2024}, NotSurveyed(year=2024)),
}


def read(settings: dict[str, Any]) -> Concern:
    return read_concern(CardTable(key="x", lines=(), settings=settings))


def test_the_catalogue_is_tried_whole():
    assert GOOD.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("query", GOOD)
def test_each_question_is_read_and_said_and_takes_nothing_else(query):
    values, concern = GOOD[query]
    assert read({"query": query, **values}) == concern
    assert "世帯" in concern.told()
    with pytest.raises(CardError, match="sqlという設定はありません"):
        read({"query": query, **values, "sql": "1 = 1"})


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("household_type", {"types": ["rich"]}),
        ("household_type", {"types": []}),
        ("household_type", {"types": ["elderly", "elderly"]}),
        ("turning", {"age": 0}),
        ("turning", {"age": True}),
        ("turning", {"last": date(2024, 3, 31)}),
        ("turning", {"first": "2024-04-01"}),
        ("aged", {"highest": -1}),
        ("grade", {"grade": 13}),
        ("grade", {"year": 1999}),
        ("staying", {"kinds": ["home"]}),
        ("earning", {"months": 13}),
        ("not_surveyed", {"year": "2024"}),
    ],
)
def test_wrong_values_are_refused(query, changes):
    values, _ = GOOD[query]
    with pytest.raises(CardError):
        read({"query": query, **values, **changes})


def test_no_other_question_can_be_asked():
    for query in ("SELECT 1", "", None, ["everyone"]):
        with pytest.raises(CardError, match="query"):
            read({"query": query})


@pytest.mark.parametrize(
    ("grade", "first", "last"),
    [
        (1, date(2017, 4, 2), date(2018, 4, 1)),
        (9, date(2009, 4, 2), date(2010, 4, 1)),
        (12, date(2006, 4, 2), date(2007, 4, 1)),
    ],
)
def test_a_grade_is_made_of_birthdays_from_2_april_to_1_april(grade, first, last):
    assert InGrade(grade=grade, year=2024).born == (first, last)


def test_a_file_is_read():
    change = a_change()
    assert (change.key, change.effective_on, change.version) == (
        "trial-everyone",
        date(2024, 9, 21),
        1,
    )
    assert change.concerns == Everyone()
    assert change.task == ChangeTask(text="説明したかを確かめる", days=30)
    assert change.is_example
    assert not change.is_checked
    assert change.text == "**練習用の文です。**"


def test_questions_and_answers_are_read():
    more = '[[faq]]\nask = "いつから"\nanswer = "4月から"\n'
    assert a_change("trial-faq", "", more=more).faq == (("いつから", "4月から"),)


@pytest.mark.parametrize(
    "changes",
    [
        {"effective": '"2024-09-21"'},
        {"effective": "2024-09-21T09:00:00"},
        {"version": 0},
        {"version": "true"},
        {"example": "false"},  # its title says 例
        {"title": "みなの改正"},  # its title does not
        {"title": " "},
        {"more": 'effect = "x"\n'},
        {"more": "concerns = 1\n"},
        {"more": '[task]\ntext = "だれにもない"\ndays = 1\n'},
        {"more": '[concerns]\nquery = "everyone"\n[task]\ntext = ""\ndays = 1\n'},
        {"more": '[concerns]\nquery = "everyone"\n[task]\ntext = "長い"\ndays = 367\n'},
        {"more": '[[faq]]\nask = "答えのない問い"\n'},
        {"more": '[[faq]]\nask = "a"\nanswer = "b"\nsql = "c"\n'},
        {"more": "faq = 3\n"},
    ],
)
def test_a_wrong_file_is_refused(changes):
    with pytest.raises(CardError, match="trial-wrong"):
        a_change("trial-wrong", **changes)


@pytest.mark.parametrize("key", ["", "a", "例", "A-1", "../x", "a" * 61, "x-"])
def test_a_wrong_name_is_refused(key):
    with pytest.raises(CardError):
        read_change(key, "+++\n+++\n")


def test_a_change_is_new_from_its_first_day_for_so_many_days():
    def effective(days):
        day = TODAY - timedelta(days=days)
        return a_change(f"trial-{days + 10}", effective=day.isoformat())

    all_of_them = tuple(effective(days) for days in (-1, 59, 0, 60))
    found = recent_changes(all_of_them, TODAY, 60)
    assert [(TODAY - change.effective_on).days for change in found] == [0, 59]
    assert recent_changes(all_of_them, TODAY, 0) == ()


def test_a_tick_of_an_older_version_is_open_again_and_districts_keep_their_order():
    def household(district, state=None, version=1):
        tick = state and Tick(
            tick_id=new_id(), state=state, version=version, by="x", at=CLOCK.now(), has_note=False
        )
        return ConcernedHousehold(
            household_id=new_id(), case_number="1", head_name="", district=district, tick=tick
        )

    households = (
        household("北", TickState.DONE, 2),
        household("北", TickState.DONE, 1),
        household("北", TickState.OPEN_AGAIN, 2),
        household("東"),
        household("東", TickState.NOT_CONCERNED, 3),
        household("南", TickState.DONE, 2),
    )
    assert progress_of(households, 2) == (
        DistrictProgress(district="北", total=3, done=1),
        DistrictProgress(district="東", total=2, done=1),
        DistrictProgress(district="南", total=1, done=1),
    )
