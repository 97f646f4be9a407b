"""A marker name is pushed through error paths: no log line and no shown form may carry it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import DBAPIError

from desktop.database.failures import told_plainly
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdFilter, Sex
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, SegmentKind
from desktop.models.households import Person
from tests.services.test_main_job import written
from tests.support.desk import SmallOffice, small_office

MARKER = "標識名前太郎丸"


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture(autouse=True)
def nothing_said(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        yield
    assert MARKER not in caplog.text


def test_a_broken_rule_of_the_database_is_told_without_values(office, engine):
    row = {
        "office_id": office.caseworker.office_id,
        "person_number": MARKER,
        "name": MARKER,
        "kana": MARKER,
        "birth_date": date(1950, 1, 1),
        "sex": Sex.MALE,
    }
    with pytest.raises(UserError) as refused, told_plainly(), engine.begin() as connection:
        connection.execute(insert(Person), [{"id": new_id(), **row}, {"id": new_id(), **row}])
    assert MARKER not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_faulty_statement_shows_no_parameters(engine):
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": MARKER})
    assert MARKER not in str(failed.value)


def test_what_is_typed_into_the_screens_is_not_logged(office):
    desk = office.desk(office.caseworker)
    desk.households.page(HouseholdFilter(text=MARKER), 0)
    given = written(
        office, desk, MARKER * 9, met=(MetPerson(label=MARKER, person_id=office.person_id),)
    )
    saved = desk.records.save(given)
    with pytest.raises(UserError):
        desk.records.submit(saved.entry_id, 99, Impact.NONE)
    assert MARKER not in repr(given)


def test_shown_forms_of_content_hide_it(office):
    desk = office.desk(office.caseworker)
    desk.records.save(written(office, desk, MARKER * 9))
    entry = desk.records.chronicle(office.household_id)[0]
    assert entry.text(SegmentKind.FACTS) == MARKER * 9
    assert MARKER not in repr(entry)
    assert MARKER not in repr(replace(office.caseworker, name=MARKER))
    assert "架空 花子" not in repr(desk.households.open_file(office.household_id))
