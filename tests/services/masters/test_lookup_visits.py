"""The office data that visit planning reads: the shipped values, their words, and what cannot be entered."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput
from desktop.domain.need_points import NeedFacts, NeedRule, need_of
from desktop.domain.planning_settings import PlanningWeights
from desktop.domain.roles import Role
from desktop.domain.working_time import Half, OfficeDayKind, Shift
from desktop.models.masters import MasterValue
from desktop.models.office import Office
from desktop.services.masters import lookup_visits
from desktop.services.masters.service import MastersService
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, add, make_office, make_staff, signed_in
from tests.support.people import work_of
from tests.support.seeding import seed_at_once

TABLES = (
    *(Master.VISIT_HALF_DAYS, Master.VISIT_OFFICE_DAYS, Master.TRAVEL_SETTINGS),
    *(Master.DISTRICT_MINUTES, Master.NEED_POINTS, Master.PLANNING_WEIGHTS, Master.VEHICLES),
)


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session


@pytest.fixture
def office_id(session):
    office = make_office(session)
    seed_at_once(session, office.id)
    return office.id


def enter(session, office_id, table, key, value):
    add(
        session,
        MasterValue(
            id=new_id(),
            office_id=office_id,
            table_name=table.value,
            key=key,
            valid_from=TODAY,
            value=value,
            entered_at=CLOCK.now(),
            approved_at=CLOCK.now(),
        ),
    )


def test_the_office_s_week_and_its_days_without_visits(session, office_id):
    office = lookup_visits.office_time(session, office_id, TODAY)
    assert [(s.half, s.minutes, len(s.weekdays)) for s in office.standard] == [
        (Half.AM, 150, 5),
        (Half.PM, 195, 5),
    ]
    assert [(r.kind, r.day_of_month, r.shift, r.open_days) for r in office.rules] == [
        (OfficeDayKind.CLOSING, 31, Shift.PREVIOUS, 1),
        (OfficeDayKind.PAYMENT, 5, Shift.PREVIOUS, 2),
    ]
    assert "スポーツの日" in office.holidays.values()


def test_the_weights_are_those_of_the_prototype(session, office_id):
    weights = lookup_visits.planning_weights(session, office_id, TODAY)
    assert (weights.spacing, weights.levelling, weights.unplanned_statutory) == (12, 400, 3000)
    assert (weights.unplanned, weights.unplanned_point) == (600, 5)
    assert (weights.moved_near, weights.moved_later, weights.moved_near_days) == (40, 15, 14)


def test_every_weight_is_shipped_and_what_was_not_measured_says_so():
    rows = {row.key: row for row in shipped_rows(Master.PLANNING_WEIGHTS)}
    assert set(rows) == {f.name for f in fields(PlanningWeights)}
    assert all(row.value["label"] for row in rows.values())
    assert {key for key, row in rows.items() if "提案" in row.source} == {
        *("due_day", "disliked_half_day", "liked_half_day"),
    }


def test_travel_and_the_table_of_districts(session, office_id):
    enter(session, office_id, Master.DISTRICT_MINUTES, "02・01", {"minutes": 17, "note": ""})
    enter(session, office_id, Master.DISTRICT_MINUTES, "office・01", {"minutes": 9, "note": ""})
    travel = lookup_visits.travel_settings(session, office_id, TODAY)
    assert (travel.detour_percent, travel.kmh, travel.stop_minutes) == (130, 12, 2)
    assert travel.unknown_minutes == 20
    assert travel.between("01", "02") == travel.between("02", "01") == 17
    assert travel.between("01", "office") == 9
    assert travel.between("01", "03") is None


def test_the_office_changes_a_number(session, office_id):
    value = {"label": "移動1分", "number": 3, "unit": "分", "note": ""}
    enter(session, office_id, Master.PLANNING_WEIGHTS, "travel", value)
    assert lookup_visits.planning_weights(session, office_id, TODAY).travel == 3


def test_every_rule_of_need_is_shipped_with_its_reason(session, office_id):
    table = lookup_visits.need_points(session, office_id, TODAY)
    assert list(table) == list(NeedRule)
    assert all(row.reason for row in table.values())
    assert need_of(NeedFacts(failed_attempts=2), table).points == 40 + 20


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_registered_under_its_name(table):
    assert MASTER_TABLES[table].name == table
    assert MASTER_TABLES[table].affects


@pytest.fixture
def service(engine):
    office = small_office(engine)
    with office.work() as session:
        own = session.get_one(Office, office.caseworker.office_id)
        staff = signed_in(session, make_staff(session, Role.ADMINISTRATOR, office=own))
    return MastersService(work_of(office.work, staff, CLOCK), CLOCK, staff)


def proposal(table, key, **value):
    return MasterInput(
        table=table,
        key=key,
        valid_from=TODAY,
        value=value,
        source="課長の決定",
        confirmed=True,
    )


NUMBER = {"label": "数", "unit": "", "note": ""}
POINT = {"label": "点", "points": 1, "most": 9, "reason": "理由"}
DAY = {"label": "日", "kind": "payment", "shift": "previous"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (proposal(Master.VISIT_HALF_DAYS, "evening", label="夜", minutes=60, weekdays=[]), "key"),
        (proposal(Master.VISIT_HALF_DAYS, "am", label="午前", minutes=301, weekdays=[]), "minutes"),
        (
            proposal(Master.VISIT_OFFICE_DAYS, "x", **DAY, day_of_month=32, open_days=1),
            "day_of_month",
        ),
        (proposal(Master.VISIT_OFFICE_DAYS, "x", **DAY, day_of_month=5, open_days=0), "open_days"),
        (proposal(Master.TRAVEL_SETTINGS, "wings", **NUMBER, number=1), "key"),
        (proposal(Master.TRAVEL_SETTINGS, "car_kmh", **NUMBER, number=0), "number"),
        (proposal(Master.TRAVEL_SETTINGS, "detour_percent", **NUMBER, number=90), "number"),
        (proposal(Master.PLANNING_WEIGHTS, "love", **NUMBER, number=1), "key"),
        (proposal(Master.DISTRICT_MINUTES, "01", minutes=5, note=""), "key"),
        (proposal(Master.DISTRICT_MINUTES, "01・02・03", minutes=5, note=""), "key"),
        (proposal(Master.DISTRICT_MINUTES, "01・02", minutes=601, note=""), "minutes"),
        (proposal(Master.NEED_POINTS, "honesty", **POINT, step=1), "key"),
        (proposal(Master.NEED_POINTS, "failed", **POINT, step=0), "step"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(service, given, field):
    with pytest.raises(ValidationError) as refusal:
        service.propose(given)
    assert set(refusal.value.fields) == {field}


def test_good_rows_are_taken(service):
    for given in (
        proposal(Master.VISIT_HALF_DAYS, "am", label="午前", minutes=140, weekdays=["0", "2"]),
        proposal(Master.DISTRICT_MINUTES, "01・02", minutes=15, note="橋が遠い"),
        proposal(Master.NEED_POINTS, "failed", **POINT, step=1),
        proposal(Master.VEHICLES, "car9", label="軽自動車"),
    ):
        assert service.propose(given)
