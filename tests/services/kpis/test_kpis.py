"""Key figures, movement and fairness on both databases; nothing of it opens a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.income_months import Earned
from desktop.domain.kpis import Kpi
from desktop.domain.support_groups import SupportGroup
from tests.support.assessments import assessment, by_conference, further_people, held
from tests.support.desk import later, small_office
from tests.support.effort import YEAR, a_participation, decided, helped
from tests.support.factories import CLOCK, TODAY
from tests.support.income_months import an_income, earn
from tests.support.support_acts import an_act


@pytest.fixture
def office(engine):
    return small_office(engine)


def test_figures_with_targets_and_the_list_behind(office):
    helped(office)
    head = office.desk(office.head)
    board = head.kpis.dashboard("office", YEAR)
    figures = {figure.kpi: figure for figure in board.figures}
    taking_part = figures[Kpi.PARTICIPATION]
    assert (taking_part.numerator, taking_part.denominator, taking_part.is_few) == (1, 1, True)
    assert taking_part.target is None  # of 2025 alone
    assert (figures[Kpi.EVIDENCE].numerator, figures[Kpi.OVERRIDDEN].numerator) == (1, 0)
    assert board.eligible == (
        SupportGroup.ENCOURAGING,
        SupportGroup.WITH_HELP,
        SupportGroup.ALONE,
    )
    (row,) = head.kpis.cases(taking_part)
    assert (row.household_id, row.name, row.words) == (office.household_id, "架空 花子", "参加")
    assert "kpi_targets" in board.unconfirmed


def test_a_supervisor_sees_the_own_team_and_no_more(office):
    helped(office)
    supervisor = office.desk(office.supervisor)
    (own,) = supervisor.effort.teams()
    board = supervisor.kpis.dashboard(own.key, YEAR)
    assert board.figures[0].denominator == 1
    with pytest.raises(NotPermittedError):
        supervisor.kpis.dashboard("office", YEAR)
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).kpis.dashboard("", YEAR)


@pytest.mark.parametrize("is_void", [False, True])
def test_a_meeting_that_was_taken_back_is_none(office, is_void):
    decided(office)
    caseworker = office.desk(office.caseworker)
    whose = (office.household_id, office.person_id)
    met = an_act(*whose, kind="21")
    caseworker.activities.add(met)
    caseworker.activities.add(
        an_act(
            *whose,
            kind="21",
            replaces_id=met.activity_id,
            is_void=is_void,
            reason="時間の誤り",
        )
    )
    head = office.desk(office.head, later(CLOCK, days=90))
    figures = {figure.kpi: figure for figure in head.kpis.dashboard("office", YEAR).figures}
    meeting = figures[Kpi.MEETING]
    assert (meeting.numerator, meeting.denominator) == (0 if is_void else 1, 1)


def test_movement_and_its_people(office):
    helped(office)
    head = office.desk(office.head)
    flows = head.kpis.flows("office", TODAY - timedelta(days=1), TODAY)
    (flow,) = flows.flows
    assert (flow.before, flow.after, flow.persons) == (None, SupportGroup.WITH_HELP, 1)
    (row,) = head.kpis.people_of(flow, flows.first, flows.last)
    assert row.household_id == office.household_id


def test_the_same_answers_with_another_group_are_listed_for_a_conference(office):
    caseworker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    groups = (SupportGroup.WITH_HELP, SupportGroup.ALONE)
    for person, group in zip(further_people(office, 2), groups, strict=True):
        given = assessment(person)
        caseworker.assessments.save(given)
        matter = held(caseworker, supervisor, given)
        supervisor.groups.decide(by_conference(person, given, group, matter.matter_id))
    head = office.desk(office.head)
    fairness = head.kpis.fairness("office")
    assert {row.group for row in fairness.flips} == set(groups)
    assert len({row.number for row in fairness.flips}) == 1
    whole, district = fairness.by_district
    assert (whole.persons, district.persons, whole.overridden) == (2, 2, 50)
    assert whole.without_evidence == 0
    assert head.kpis.fairness("office", band="65歳以上").by_district[0].persons in (0, 2)


def test_incomes_by_month_count_as_a_raise_by_what_the_office_compares(office):
    decided(office)
    caseworker = office.desk(office.caseworker)
    began = date(2024, 5, 15)
    caseworker.participations.begin(a_participation(office, starts_on=began, consent_on=began))
    earn(office, caseworker, date(2024, 2, 1), 0, 0, 0, None, 60_000, None, 60_000)

    def job_or_raise():
        board = office.desk(office.head).kpis.dashboard("office", YEAR)
        (figure,) = [f for f in board.figures if f.kpi is Kpi.JOB_OR_RAISE]
        (case,) = figure.cases
        return figure.numerator, case.words

    assert job_or_raise() == (0, "収入の月が足りません（開始前 3/3、直近 2/3）")
    earn(office, caseworker, date(2024, 7, 1), 60_000)
    assert job_or_raise() == (1, "増収　月平均 0円→60,000円（直近は2024/06〜2024/08）")
    # A month that is taken back is not known any more; put right as nothing, it counts as zero.
    newest = caseworker.income_months.of_household(office.household_id).months[0]
    gone = an_income(
        office,
        month=newest.month,
        earned=None,
        replaces_id=newest.income_id,
        reason="別の人の明細",
    )
    caseworker.income_months.add(gone)
    assert job_or_raise() == (0, "収入の月が足りません（開始前 3/3、直近 2/3）")
    zero = Earned(gross=0)
    caseworker.income_months.add(
        an_income(
            office, month=gone.month, earned=zero, replaces_id=gone.income_id, reason="収入なし"
        )
    )
    assert job_or_raise() == (1, "増収　月平均 0円→40,000円（直近は2024/06〜2024/08）")
