"""The supporter's log stands for a paper where the office decided so: said in the grid, asked about by nobody, never silent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop.domain.clock import FixedClock
from desktop.domain.declarations import CellState
from desktop.domain.support_groups import SupportGroup
from desktop.models.masters import MasterValue
from tests.support.desk import small_office
from tests.support.factories import CLOCK, add
from tests.support.monthly_papers import (
    AUGUST,
    REPORT,
    SEPTEMBER,
    a_receipt,
    cell_of,
    decide_group,
)
from tests.support.radar import found_by
from tests.support.support_acts import an_act

LATER = FixedClock(datetime(2024, 10, 12, 3, 0, tzinfo=UTC))
TALK, CALL = "11", "13"


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


def let_log_stand(office, *, acts=2, groups=("G2",), kinds="", only_supporters=False):
    """From spring on the office lets the log stand for the report."""
    with office.work() as session:
        add(
            session,
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name="monthly_replacements",
                key="report",
                valid_from=date(2024, 4, 1),
                value={
                    "label": "求職活動報告",
                    "paper": REPORT,
                    "groups": list(groups),
                    "acts": acts,
                    "kinds": kinds,
                    "only_supporters": only_supporters,
                },
                source="見本",
                confirmed=True,
                is_retired=False,
                is_seed=False,
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            ),
        )


def do(office, desk, *days, kind=TALK):
    for day in days:
        desk.activities.add(an_act(office.household_id, office.person_id, done_on=day, kind=kind))


def late(office):
    work = office.desk(office.supervisor, LATER).work
    return [found.rule for found in found_by(("E20", "E21"), work, LATER, office.supervisor)]


def test_as_shipped_no_log_stands_for_a_paper(office, desk):
    decide_group(office, SupportGroup.WITH_HELP)
    do(office, desk, *(date(2024, 9, day) for day in range(1, 9)))
    assert (cell_of(desk).replaced, cell_of(desk).is_open) == (None, True)


def test_enough_acts_of_the_month_stand_for_the_report_and_say_since_when(office, desk):
    decide_group(office, SupportGroup.WITH_HELP)
    let_log_stand(office)
    do(office, desk, date(2024, 8, 30), date(2024, 9, 3))
    assert cell_of(desk).replaced is None
    do(office, desk, date(2024, 9, 20))
    cell = cell_of(desk)
    assert cell.replaced.days == (date(2024, 9, 3), date(2024, 9, 20))
    assert (cell.replaced.since, cell.is_open) == (date(2024, 9, 20), False)
    assert cell_of(desk, AUGUST).is_open


def test_another_group_is_still_asked(office, desk):
    decide_group(office, SupportGroup.ALONE)
    let_log_stand(office)
    do(office, desk, date(2024, 9, 3), date(2024, 9, 20))
    assert cell_of(desk).is_open


def test_only_the_chosen_kinds_and_only_supporters_count(office, desk):
    decide_group(office, SupportGroup.WITH_HELP)
    let_log_stand(office, acts=1, kinds=f"{TALK}・21")
    do(office, desk, date(2024, 9, 3), kind=CALL)
    assert cell_of(desk).is_open
    do(office, desk, date(2024, 9, 4))
    assert not cell_of(desk).is_open


def test_an_act_of_a_caseworker_is_no_supporter_s(office, desk):
    decide_group(office, SupportGroup.WITH_HELP)
    let_log_stand(office, acts=1, only_supporters=True)
    do(office, desk, date(2024, 9, 4))
    assert cell_of(desk).is_open


def test_a_paper_that_came_counts_before_the_log(office, desk):
    decide_group(office, SupportGroup.WITH_HELP)
    let_log_stand(office, acts=1)
    do(office, desk, date(2024, 9, 4))
    desk.monthly_papers.receive(a_receipt(office, SEPTEMBER))
    cell = cell_of(desk)
    assert (cell.state, cell.replaced) == (CellState.RECEIVED, None)


def test_the_radar_does_not_ask_about_what_the_log_stands_for(office, desk):
    decide_group(office, SupportGroup.WITH_HELP, since=date(2024, 8, 1))
    do(office, desk, date(2024, 8, 4))
    assert late(office) == ["E20", "E21"]
    let_log_stand(office, acts=1)
    assert late(office) == []
