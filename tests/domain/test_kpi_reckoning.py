"""Key figures by hand: who is in the denominator, who counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.group_spans import spans_of
from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned
from desktop.domain.kpi_reckoning import (
    HouseholdPeriod,
    KpiFacts,
    KpiRules,
    Plan,
    Spell,
    Taking,
    figures_of,
)
from desktop.domain.kpis import KPI, Kpi, Period
from desktop.domain.participations import CountsFor
from desktop.domain.support_groups import DecidedBy, SupportGroup
from tests.domain.test_group_spans import HANA, HOME, OTHER_HOME, TARO, decided

YEAR = Period(first=date(2024, 4, 1), last=date(2025, 3, 31))
TODAY = date(2024, 10, 1)
RULES = KpiRules(
    eligible=frozenset({SupportGroup.WITH_HELP, SupportGroup.ALONE, SupportGroup.ENCOURAGING}),
    meeting_days=14,
    few=10,
)
MAY = date(2024, 5, 1)


def figures(*decisions: Any, **facts: Any):
    closed = facts.pop("closed", {})
    spans = spans_of(decisions, closed)
    found = figures_of(KpiFacts(spans=spans, closed=closed, **facts), RULES, YEAR, TODAY)
    return {figure.kpi: figure for figure in found}


def share(figure) -> tuple[int, int]:
    return figure.numerator, figure.denominator


def taking(person=HANA, household=HOME, **changes: Any) -> Taking:
    values: dict[str, Any] = {
        "counts": True,
        "is_life": False,
        "begins": MAY,
        "ends": None,
        "outcome": None,
        **changes,
    }
    return Taking(household, person, **values)


def test_every_figure_is_there_and_says_of_what_it_is_made():
    found = figures()
    assert list(found) == list(Kpi)
    assert all(KPI[kpi].counted and KPI[kpi].whole for kpi in Kpi)
    assert all(figure.percent is None and figure.is_few for figure in found.values())


def test_participation_is_of_those_whose_decided_group_can_take_part():
    found = figures(
        decided(HANA, "G2", MAY),
        decided(TARO, "G3", MAY, OTHER_HOME),
        decided(new_id(), "G4", MAY, new_id()),
        decided(new_id(), "G1a", MAY, new_id()),
        decided(
            new_id(), "G2", MAY, new_id(), how=DecidedBy.PROVISIONAL, expires_on=date(2024, 12, 1)
        ),
        takings=(taking(),),
    )
    assert share(found[Kpi.PARTICIPATION]) == (1, 2)


def test_who_left_or_lost_the_ability_without_joining_is_not_counted():
    left_home, lost = new_id(), new_id()
    decisions = (
        decided(HANA, "G2", MAY),
        decided(TARO, "G2", MAY, left_home),
        decided(lost, "G2", MAY, OTHER_HOME),
    )
    lost_it = taking(
        lost, OTHER_HOME, counts=False, ends=date(2024, 8, 1), outcome=CountsFor.ABILITY_LOST
    )
    closed = {left_home: [date(2024, 7, 1)]}
    assert share(figures(*decisions, takings=(lost_it,), closed=closed)[Kpi.PARTICIPATION]) == (
        0,
        1,
    )
    joined = taking(TARO, left_home)
    found = figures(*decisions, takings=(lost_it, joined), closed=closed)
    assert share(found[Kpi.PARTICIPATION]) == (1, 2)


def test_work_and_raises_count_each_person_once():
    spell = Spell(HOME, HANA, date(2024, 6, 1), CountsFor.JOB, {})
    more = Spell(HOME, HANA, date(2024, 9, 1), CountsFor.RAISE, {})
    sheltered = Spell(OTHER_HOME, TARO, date(2024, 9, 1), CountsFor.WELFARE_JOB, {})
    found = figures(
        decided(HANA, "G2", MAY),
        decided(TARO, "G2", MAY, OTHER_HOME),
        takings=(taking(), taking(TARO, OTHER_HOME)),
        spells=(spell, more, sheltered),
    )
    assert share(found[Kpi.JOB_OR_RAISE]) == (1, 2)


def test_incomes_by_month_tell_of_a_raise_and_each_person_counts_once():
    def incomes(before: int, after: int):
        amounts = {2: before, 3: before, 4: before, 6: after, 7: after, 8: after}
        return {date(2024, month, 1): Earned(gross=yen) for month, yen in amounts.items()}

    people = [(new_id(), new_id()) for _ in range(3)]
    raised, same, unknown = (person for person, _ in people)
    found = figures(
        *(decided(person, "G2", MAY, home) for person, home in people),
        # The earlier of two participations is when support began.
        takings=(
            *(taking(person, home) for person, home in people),
            taking(raised, people[0][1], begins=date(2024, 8, 1)),
        ),
        spells=(Spell(people[0][1], raised, date(2024, 6, 1), CountsFor.JOB, {}),),
        incomes={raised: incomes(0, 50_000), same: incomes(50_000, 50_000)},
    )[Kpi.JOB_OR_RAISE]
    assert share(found) == (1, 3)
    words = {case.person_id: case.words for case in found.cases}
    assert words[raised].startswith("就労・増収の記録　月平均 0円→50,000円")
    assert words[same].startswith("月平均 50,000円→50,000円")
    assert words[unknown] == "収入の月が足りません（開始前 0/3、直近 0/3）"
    assert "月の不足で不明 1人" in found.note
    by_income_alone = figures(
        decided(HANA, "G2", MAY), takings=(taking(),), incomes={HANA: incomes(1, 2)}
    )
    assert share(by_income_alone[Kpi.JOB_OR_RAISE]) == (1, 1)


def test_other_households_at_the_last_day():
    period = HouseholdPeriod(HOME, date(2020, 4, 1), None)
    ended = HouseholdPeriod(new_id(), date(2020, 4, 1), date(2024, 9, 30))
    idle = HouseholdPeriod(OTHER_HOME, date(2020, 4, 1), None)
    work = HouseholdPeriod(HOME, date(2024, 9, 1), None)
    found = figures(other_households=(period, ended, idle), working=(work, work))
    assert share(found[Kpi.OTHER_HOUSEHOLDS]) == (1, 2)
    assert {case.person_id for case in found[Kpi.OTHER_HOUSEHOLDS].cases} == {None}


def test_life_improves_by_an_outcome_of_that_kind():
    better = taking(is_life=True, ends=date(2024, 9, 1), outcome=CountsFor.LIFE)
    same = taking(TARO, OTHER_HOME, is_life=True)
    assert share(figures(takings=(better, better, same))[Kpi.LIFE]) == (1, 2)


@pytest.mark.parametrize(
    ("checks", "counts", "words"),
    [
        ({3: True}, True, "働いている"),
        ({1: True}, False, "確認していない"),
        ({3: None, 6: True}, True, "働いている"),
        ({3: False}, False, "辞めた"),
    ],
)
def test_retention_is_of_starts_whose_months_are_over(checks, counts, words):
    due = Spell(HOME, HANA, date(2024, 5, 1), CountsFor.JOB, checks)
    young = Spell(HOME, TARO, date(2024, 9, 1), CountsFor.JOB, {})
    (case,) = figures(spells=(due, young))[Kpi.RETAINED_3].cases
    assert (case.counts, case.words) == (counts, words)


def test_the_first_meeting_after_a_decision_to_help():
    found = figures(
        decided(HANA, "G2", MAY),
        decided(TARO, "G1a", MAY, OTHER_HOME),
        decided(new_id(), "G2", date(2024, 9, 28), new_id()),
        contacts={HOME: [date(2024, 5, 8), date(2024, 4, 2)], OTHER_HOME: [date(2024, 6, 1)]},
    )
    figure = found[Kpi.MEETING]
    assert share(figure) == (1, 2)
    assert figure.note == "中央値 19日"


def test_plans_and_their_reviews():
    plan = Plan(HOME, HANA, MAY, date(2024, 10, 31), date(2024, 9, 1), None, None)
    over = Plan(OTHER_HOME, TARO, MAY, date(2024, 10, 31), date(2025, 1, 1), date(2024, 8, 1), None)
    found = figures(
        decided(HANA, "G1b", MAY), decided(TARO, "G2", MAY, OTHER_HOME), plans=(plan, over)
    )
    assert share(found[Kpi.PLANNED]) == (1, 2)
    assert share(found[Kpi.PLAN_REVIEWS]) == (0, 1)


def test_overdue_overridden_and_evidence():
    late = decided(HANA, "G4", MAY, next_review_on=date(2024, 9, 30))
    other = decided(TARO, "G2", MAY, OTHER_HOME, proposed=SupportGroup.ALONE)
    evidence = {late.decision_id: True, other.decision_id: None}
    found = figures(late, other, evidence=evidence)
    assert share(found[Kpi.OVERDUE]) == (1, 2)
    assert share(found[Kpi.OVERRIDDEN]) == (1, 2)
    assert [case.words for case in found[Kpi.EVIDENCE].cases] == ["新しい意見あり", "意見なし"]


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ((), False),
        (((date(2024, 4, 2), True),), True),
        (((date(2025, 4, 1), True),), False),  # after the year
        (((date(2023, 1, 1), True), (date(2024, 2, 1), False)), False),  # taken back before it
        (((date(2024, 6, 1), True), (date(2024, 6, 1), False)), False),  # put right the same day
        (((date(2024, 6, 1), True), (date(2024, 7, 1), False)), True),
    ],
)
@pytest.mark.parametrize("group", [SupportGroup.RECOVERY, SupportGroup.REMOVING_BARRIERS])
def test_somebody_of_g1a_or_g1b_counts_with_a_mark_alone(group, marks, counts):
    found = figures(decided(HANA, group, MAY), marks={HANA: marks})[Kpi.PARTICIPATION]
    assert share(found) == (0, 1 if counts else 0)


def test_a_mark_makes_nobody_of_another_group_count():
    found = figures(decided(HANA, SupportGroup.DAILY_LIFE, MAY), marks={HANA: ((MAY, True),)})
    assert share(found[Kpi.PARTICIPATION]) == (0, 0)
