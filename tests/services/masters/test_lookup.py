from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_holidays, shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.records import ContactMethod, SegmentKind
from desktop.domain.roles import Role
from desktop.models.masters import MasterValue
from desktop.services.masters import lookup
from desktop.services.masters.validation import reference_errors, value_errors
from tests.support.factories import CLOCK, TODAY, make_office
from tests.support.seeding import seed_at_once


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session


@pytest.fixture
def office_id(session):
    office = make_office(session)
    seed_at_once(session, office.id)
    return office.id


def add_row(session, office_id, key, since, number, **changes):
    values = {
        "id": new_id(),
        "office_id": office_id,
        "table_name": "thresholds",
        "key": key,
        "valid_from": since,
        "value": {"label": key, "number": number, "unit": "日"},
        "entered_at": CLOCK.now(),
        "approved_at": CLOCK.now(),
    }
    session.add(MasterValue(**values | changes))
    session.flush()


def days(session, office_id, on):
    return lookup.thresholds(session, office_id, on).r02_days


def test_a_row_counts_from_its_day_on(session, office_id):
    add_row(session, office_id, "r02_days", TODAY, 10)

    assert days(session, office_id, TODAY - timedelta(days=1)) == 14
    assert days(session, office_id, TODAY) == 10
    assert days(session, office_id, TODAY + timedelta(days=400)) == 10


def test_a_proposal_does_not_count(session, office_id):
    add_row(session, office_id, "r02_days", TODAY, 10, approved_at=None)

    assert days(session, office_id, TODAY) == 14


def test_of_two_rows_of_one_day_the_one_approved_later_counts(session, office_id):
    later = CLOCK.now() + timedelta(hours=1)
    add_row(session, office_id, "r02_days", TODAY, 11, approved_at=later)
    add_row(session, office_id, "r02_days", TODAY, 10)

    assert days(session, office_id, TODAY) == 11


def test_a_retired_key_is_gone_from_its_day_on_and_may_come_back(session, office_id):
    def retire(since, *, is_retired):
        add_row(
            session,
            office_id,
            "99",
            since,
            0,
            table_name="result_codes",
            value={"label": "試験", "counts": True},
            is_retired=is_retired,
        )

    retire(TODAY - timedelta(days=30), is_retired=False)
    retire(TODAY, is_retired=True)
    retire(TODAY + timedelta(days=30), is_retired=False)

    def known(on):
        return "99" in lookup.result_codes(session, office_id, on)

    assert known(TODAY - timedelta(days=1))
    assert not known(TODAY)
    assert known(TODAY + timedelta(days=30))


def test_another_office_has_its_own_rows(session, office_id):
    other = make_office(session)
    add_row(session, other.id, "r02_days", TODAY, 3)

    assert days(session, office_id, TODAY) == 14
    assert days(session, other.id, TODAY) == 3


def test_limits_without_a_row_are_the_shipped_ones(session):
    bare = make_office(session)

    found = lookup.thresholds(session, bare.id, TODAY)

    assert (found.r01_days_default, found.r05_characters, found.o01_alarm_households) == (
        120,
        40,
        100,
    )
    assert [found.silent_days(grade) for grade in ("A", "b", "F", "")] == [40, 75, 120, 120]


def test_a_telephone_call_asks_three_fields_at_most(session, office_id):
    kinds = lookup.entry_kinds(session, office_id, TODAY)

    for code in ("telephone_in", "telephone_out"):
        assert kinds[code].segments == (SegmentKind.FACTS,)
        assert len(kinds[code].segments) + len(kinds[code].asks) <= 3
        assert kinds[code].in_bulk
    assert next(iter(kinds)) == "home_visit"
    assert kinds["home_visit"].method is ContactMethod.VISIT
    assert SegmentKind.NOT_CONFIRMED in kinds["home_visit"].segments


def test_absences_and_telephone_calls_never_count_as_visits(session, office_id):
    codes = lookup.result_codes(session, office_id, TODAY)

    assert {c for c in codes if codes[c].counts} == {"11", "12", "13", "14"}
    assert {c for c in codes if codes[c].is_absence} == {"21", "22", "25"}


def test_the_route_of_a_kind_else_of_the_subject_else_the_supervisor(session, office_id):
    def route(kind, subject="entry"):
        return lookup.route(session, office_id, subject, kind, TODAY)

    assert route("home_visit") == (Role.SUPERVISOR,)
    assert route("decision") == (Role.SUPERVISOR, Role.SECTION_HEAD, Role.DIRECTOR)
    assert route("", "something_new") == (Role.SUPERVISOR,)


def test_the_calendar_knows_holidays_and_the_turn_of_the_year(session, office_id):
    calendar = lookup.business_calendar(session, office_id, TODAY)

    assert not calendar.is_open(date(2024, 11, 4))  # 振替休日
    assert calendar.add_open_days(date(2024, 12, 27), 1) == date(2025, 1, 6)


def test_a_template_is_filled_with_what_is_known(session, office_id):
    known = {"世帯主": "試験 太郎", "前回面接日": "令和6年9月1日"}

    parts = lookup.template(session, office_id, "home_visit", TODAY, known)

    assert "試験 太郎と面接した（前回の面接は令和6年9月1日）" in parts[SegmentKind.FACTS]
    assert "同居：＿＿＿" in parts[SegmentKind.FACTS]
    assert lookup.template(session, office_id, "tax_survey", TODAY, known) == {}


def test_words_and_reasons_are_there(session, office_id):
    assert "ルーズ" in {rule.word for rule in lookup.wording(session, office_id, TODAY)}
    reasons = lookup.labels(session, office_id, Master.READING_REASONS, TODAY)
    assert reasons["telephone_duty"] == "電話当番"


@pytest.mark.parametrize("table", list(Master))
def test_what_is_shipped_would_pass_as_a_proposal(table):
    rows = shipped_holidays(TODAY) if table is Master.HOLIDAYS else shipped_rows(table)
    results = {row.key for row in shipped_rows(Master.RESULT_CODES)}

    # Every office has numbers and neighbours of its own.
    # What only the office itself knows is shipped empty.
    own = {
        *(Master.FORM_NUMBERS, Master.WELFARE_OFFICES, Master.DISTRICT_MINUTES),
        *(Master.VEHICLES, Master.ENTRY_CARDS, Master.HELP_KEYS),
    }
    assert rows or table in own
    assert len({(row.key, row.valid_from) for row in rows}) == len(rows)
    for row in rows:
        assert not any(value_errors(MASTER_TABLES[table], row.value).values()), row.key
        assert not reference_errors(table, row.value, results=results), row.key
        assert row.source
