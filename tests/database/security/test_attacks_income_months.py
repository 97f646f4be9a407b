"""Earned incomes at psql: other names, files of others, no reason, two first rows, other months, changes."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, open_file, refused
from tests.support.income_months import an_income

_ROW = (
    "INSERT INTO income_month (id, office_id, household_id, person_id, month, gross, recognised, read_from, replaces_id, noted_by,"
    " noted_at) VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(month)s, %(gross)s, %(recognised)s, %(read_from)s,"
    " %(replaces)s, coalesce(%(by)s, app.me()), now())"
)
_TEXT = (
    "INSERT INTO income_month_text (income_id, office_id, household_id, reason)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(reason)s)"
)
_TABLES = ("income_month", "income_month_text")


def row(place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "by": None,
        "replaces": None,
        "household": office.household_id,
        "person": office.person_id,
        "month": "2024-08-01",
        "gross": 50_000,
        "recognised": None,
        "read_from": "pay_slip",
        "reason": "読み違い",
        **changes,
    }


def kept(place, month):
    given = an_income(place.office, month=date(2024, month, 1))
    place.desk(place.office.caseworker).income_months.add(given)
    return given


def correction(place, of, /, **changes):
    return row(place, **{"month": of.month, "replaces": of.income_id, **changes})


def tried(connection, given):
    """A correction with its words: "" where it is kept."""
    connection.execute("BEGIN")
    found = refused(connection, _ROW, given)
    if not found:
        found = refused(connection, _TEXT, given) or refused(
            connection, "SET CONSTRAINTS ALL IMMEDIATE"
        )
    connection.execute("ROLLBACK")
    return found


def test_a_row_is_one_s_own_of_the_household_s_people_and_of_a_month_that_came(place, writer):
    assert refused(writer, _ROW, row(place, by=place.office.head.staff_id)) in DENIED
    assert refused(writer, _ROW, row(place, household=place.foreign_id)) in DENIED
    assert refused(writer, _ROW, row(place, person=place.foreign_person_id)) == "BS422"
    for month in ("2024-08-02", "2024-11-01"):
        assert refused(writer, _ROW, row(place, month=month)) == "BS422"
    wrong = ({"gross": -1}, {"gross": None}, {"recognised": 50_001}, {"read_from": "guess"})
    for changes in wrong:
        assert refused(writer, _ROW, row(place, **changes)) == "23514"
    assert refused(writer, _ROW, row(place)) == ""
    assert refused(writer, _ROW, row(place)) == "23505"


def test_it_is_noted_without_a_ticket_by_whose_duty_it_is_and_by_nobody_else(place):
    caseworker = place.connect(place.office.caseworker)
    assert refused(caseworker, _ROW, row(place, household=place.far_id)) in DENIED
    assert refused(caseworker, _ROW, row(place, month="2024-06-01")) == ""
    assert (
        refused(place.connect(place.office.outsider), _ROW, row(place, month="2024-03-01"))
        in DENIED
    )
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, _ROW, row(place, month="2024-03-01")) in DENIED


def test_what_is_put_right_is_the_same_month_with_a_reason_once(place, writer):
    given = kept(place, 7)
    assert tried(writer, correction(place, given)) == ""
    assert tried(writer, correction(place, given, gross=None)) == ""
    assert tried(writer, correction(place, given, month="2024-08-01")) in DENIED
    assert tried(writer, correction(place, given, replaces=new_id())) in DENIED
    assert tried(writer, correction(place, given, reason="　")) == "BS422"
    assert refused(writer, _ROW, correction(place, given)) == "BS422"  # without words
    back = an_income(
        place.office,
        month=given.month,
        earned=None,
        replaces_id=given.income_id,
        reason="別の人の明細",
    )
    place.desk(place.office.caseworker).income_months.add(back)
    assert tried(writer, correction(place, given)) == "23505"
    assert tried(writer, correction(place, back, gross=None)) == "BS409"
    assert tried(writer, correction(place, back)) == ""
    later = {**row(place), "id": given.income_id}
    assert refused(writer, _TEXT, later) in DENIED


@pytest.mark.parametrize("table", _TABLES)
def test_nothing_is_changed_or_removed_and_words_need_a_ticket(place, writer, table):
    given = kept(place, 4 + _TABLES.index(table))
    place.desk(place.office.caseworker).income_months.add(
        an_income(place.office, month=given.month, replaces_id=given.income_id, reason="読み違い")
    )
    for change in ("UPDATE {} SET office_id = office_id", "DELETE FROM {}"):
        assert refused(writer, change.format(table)) in DENIED
    stranger, head = place.connect(place.stranger), place.connect(place.office.head)
    assert stranger.execute(f"SELECT * FROM {table}").fetchall() == []
    assert (head.execute(f"SELECT * FROM {table}").fetchall() == []) == table.endswith("_text")
