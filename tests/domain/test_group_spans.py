"""Spans of decided groups, movement between days, and the table of effort: small cases by hand."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desktop.domain.activities import EffortWork
from desktop.domain.effort import Indicator, Team, Unit, Wanted, by_teams
from desktop.domain.effort_reckoning import EffortFacts, safety_rows, table_rows
from desktop.domain.fairness import Judged, age_band, flips_of, rows_by
from desktop.domain.group_flows import flows_of, words_of
from desktop.domain.group_spans import DecisionFact, group_on, spans_of
from desktop.domain.households import HouseholdType, Sex
from desktop.domain.ids import new_id
from desktop.domain.support_groups import DecidedBy, SupportGroup

HOME, OTHER_HOME = new_id(), new_id()
HANA, TARO = new_id(), new_id()
SEPTEMBER, OCTOBER = date(2024, 9, 1), date(2024, 10, 1)


def decided(
    person: UUID, group: str, on: date, household: UUID = HOME, **changes: Any
) -> DecisionFact:
    values: dict[str, Any] = {
        "decision_id": new_id(),
        "person_id": person,
        "household_id": household,
        "assessment_id": new_id(),
        "group": SupportGroup(group),
        "proposed": SupportGroup(group),
        "how": DecidedBy.SUPERVISOR,
        "effective_from": on,
        "expires_on": None,
        "next_review_on": date(2025, 1, 1),
        "assessed_on": on,
        **changes,
    }
    return DecisionFact(**values)


def test_a_group_holds_until_the_next_decision_the_expiry_or_the_household_s_closing():
    spans = spans_of(
        [
            decided(HANA, "G3", date(2024, 4, 1)),
            decided(HANA, "G2", date(2024, 9, 10)),
            decided(TARO, "G1a", date(2024, 4, 1), OTHER_HOME, expires_on=date(2024, 6, 1)),
        ],
        {HOME: [date(2024, 9, 20)]},
    )
    assert [(s.begins, s.ends) for s in spans[HANA]] == [
        (date(2024, 4, 1), date(2024, 9, 9)),
        (date(2024, 9, 10), date(2024, 9, 19)),
    ]
    assert group_on(spans, HANA, date(2024, 9, 9)) is SupportGroup.ALONE
    assert group_on(spans, HANA, date(2024, 9, 20)) is None
    assert group_on(spans, TARO, date(2024, 6, 1)) is SupportGroup.RECOVERY
    assert group_on(spans, TARO, date(2024, 6, 2)) is None


def test_of_two_decisions_of_a_day_the_later_counts():
    day = date(2024, 4, 1)
    spans = spans_of([decided(HANA, "G3", day), decided(HANA, "G2", day)], {})
    assert [s.decision.group for s in spans[HANA]] == [SupportGroup.WITH_HELP]


def test_flows_say_who_came_stayed_changed_and_left():
    spans = spans_of(
        [
            decided(HANA, "G3", date(2024, 4, 1)),
            decided(HANA, "G2", date(2024, 9, 10)),
            decided(TARO, "G4", date(2024, 9, 15)),
        ],
        {},
    )
    flows = flows_of(spans, date(2024, 9, 1), date(2024, 9, 30))
    assert [(f.before, f.after, f.persons) for f in flows.flows] == [
        (SupportGroup.ALONE, SupportGroup.WITH_HELP, 1),
        (None, SupportGroup.DAILY_LIFE, 1),
    ]
    assert flows.total_before(SupportGroup.ALONE) == 1
    assert words_of(flows) == "動いた人は、G3からG2へ1人、区分なしからG4へ1人。"


def piece(day: date, person: UUID | None, work: EffortWork, minutes: int, **changes: Any) -> Unit:
    values: dict[str, Any] = {"is_direct": True, "is_contact": True, **changes}
    return Unit(day, HOME, person, work, minutes=minutes, **values)


def test_the_table_puts_each_minute_to_the_group_of_its_day_and_splits_visits():
    spans = spans_of(
        [decided(HANA, "G2", date(2024, 4, 1)), decided(TARO, "G4", date(2024, 4, 1))], {}
    )
    facts = EffortFacts(
        spans=spans,
        plans={HANA: [(date(2024, 4, 1), date(2024, 12, 31))]},
        units=(
            piece(date(2024, 9, 3), None, EffortWork.TALK, 60),
            piece(date(2024, 9, 4), HANA, EffortWork.ACCOMPANY, 120),
            piece(date(2024, 9, 5), TARO, EffortWork.DAILY_LIFE, 30),
            piece(
                date(2024, 9, 6), None, EffortWork.PAPERWORK, 10, is_direct=False, is_contact=False
            ),
            piece(date(2024, 10, 1), HANA, EffortWork.JOB_SEARCH, 45),
            piece(date(2024, 7, 1), HANA, EffortWork.JOB_SEARCH, 999),
        ),
        referrals=((HANA, date(2024, 10, 2)),),
    )
    rows = {
        (r.group, r.indicator, r.work): r
        for r in table_rows(facts, SEPTEMBER, (SEPTEMBER, OCTOBER))
    }

    def values(group, indicator, work=None):
        return rows[group, indicator, work].values

    assert values("G2", Indicator.MINUTES) == (30 + 120 + 5, 45)
    assert values("G4", Indicator.MINUTES) == (30 + 30 + 5, 0)
    assert values("G2", Indicator.SHARE)[0] == pytest.approx(100 * 155 / 220)
    assert values("G2", Indicator.CONTACTS) == (1.5, 1)
    assert values("G2", Indicator.ACCOMPANIED) == (1, 0)
    assert values("G2", Indicator.PLANNED) == (100, 100)
    assert values("G4", Indicator.PLANNED) == (0, 0)
    assert values("G1", Indicator.PLANNED) == (None, None)
    assert values("G2", Indicator.REFERRALS) == (0, 1)
    assert values("G4", Indicator.LIFE) == (30, 0)
    assert values("", Indicator.WORK, EffortWork.TALK) == (60, 0)
    assert values("", Indicator.INDIRECT)[0] == pytest.approx(100 * 10 / 220)
    row = rows["G2", Indicator.TOWARDS_WORK, None]
    assert (row.wanted, row.baseline, row.change) == (Wanted.UP, 0, 45)
    assert rows["G3", Indicator.SHARE, None].wanted is Wanted.DOWN


def test_who_gets_less_is_shown_with_the_last_contact():
    spans = spans_of(
        [
            decided(HANA, "G3", date(2024, 4, 1)),
            decided(TARO, "G4", date(2024, 4, 1), OTHER_HOME),
            decided(new_id(), "G2", date(2024, 4, 1), new_id()),
        ],
        {},
    )
    rows = safety_rows(
        *(spans, OCTOBER, {HOME: date(2024, 9, 1)}, {HOME: 2}), silent_months=3, least_visits=2
    )
    assert [(r.person_id, r.is_silent, r.has_few_visits) for r in rows] == [
        (TARO, True, True),
        (HANA, False, False),
    ]


def test_a_team_whose_figure_would_be_one_person_s_is_not_shown():
    office = Team(key="office", label="全体", district_ids=None, caseworkers=1)
    small = Team(key="a", label="小", district_ids=frozenset(), caseworkers=1)
    large = Team(key="b", label="大", district_ids=frozenset(), caseworkers=3)
    assert by_teams((office, small, large), 3) == (office, large)
    assert by_teams((small,), 0) == ()


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (None, "年齢不明"),
        (date(2010, 1, 1), "20歳未満"),
        (date(1995, 1, 1), "20代"),
        (date(1964, 1, 1), "60～64歳"),
        (date(1950, 1, 1), "65歳以上"),
    ],
)
def test_bands_of_age(birth, band):
    assert age_band(birth, OCTOBER) == band


def judged(person: UUID, group: str, key: str, **changes: Any) -> Judged:
    values: dict[str, Any] = {
        "person_id": person,
        "decision": decided(person, group, date(2024, 9, 1)),
        "district": "01",
        "sex": Sex.FEMALE,
        "birth_date": date(1990, 1, 1),
        "household_type": HouseholdType.OTHER,
        "facts_key": key,
        **changes,
    }
    return Judged(**values)


def test_the_same_facts_with_another_group_are_named_and_nothing_else():
    anyone = new_id()
    people = [
        judged(HANA, "G2", "a"),
        judged(TARO, "G3", "a"),
        judged(anyone, "G4", "b"),
    ]
    (flip,) = flips_of(people)
    assert set(flip.person_ids) == {HANA, TARO}
    assert flip.groups == (SupportGroup.WITH_HELP, SupportGroup.ALONE)


def test_rows_stand_in_the_order_of_their_labels_beside_the_mean():
    people = [
        judged(HANA, "G2", "a", district="02", evidence=True),
        judged(TARO, "GX", "b", district="01"),
    ]
    whole, first, second = rows_by(people, lambda p: p.district, OCTOBER, 10)
    assert (whole.label, first.label, second.label) == ("全体", "01", "02")
    assert (whole.mix["G2"], whole.without_evidence, whole.is_few) == (50, 50, True)
    assert (first.unknown_days, second.unknown_days) == (30, None)
