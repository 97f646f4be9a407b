"""Key figures, movement and fairness on both databases; nothing of it opens a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.kpis import Kpi
from desktop.domain.support_groups import SupportGroup
from tests.support.assessments import assessment, by_conference, further_people, held
from tests.support.desk import small_office
from tests.support.effort import YEAR, helped
from tests.support.factories import TODAY


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
