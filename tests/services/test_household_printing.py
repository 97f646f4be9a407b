"""The 保護台帳 and the note for an absent household: what stands on them. On both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.domain.clock import JAPAN
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.households import HouseholdState
from desktop.domain.imprint import FormMark, PaperCalendar
from desktop.domain.master_tables import Master
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.masters import MasterValue
from desktop.models.office import Assignment, Staff
from desktop.models.records import Contact
from desktop.services.printing import HouseholdPrinting
from tests.support import factories
from tests.support.desk import small_office


@pytest.fixture
def office(engine):
    return small_office(engine)


def printing(office, staff, clock=factories.CLOCK):
    desk = office.desk(staff, clock)
    return HouseholdPrinting(desk.work, clock, staff, desk.households.reading)


def an_absence(office, day: date, minute: int | None = 615, **changes) -> None:
    with office.work() as session:
        entry = factories.make_entry(
            session,
            session.get_one(Household, office.household_id),
            session.get_one(Staff, office.caseworker.staff_id),
            event_on=day,
            is_home_visit=False,
            is_absence=True,
            result_code="21",
            **changes,
        )
        session.get_one(Contact, entry.contact_id).started_at = minute


def a_master(office, table: Master, key: str, **value) -> None:
    with office.work() as session:
        factories.add(
            session,
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name=table.value,
                key=key,
                valid_from=factories.TODAY,
                value=value,
                source="事務所",
                confirmed=True,
                entered_at=factories.CLOCK.now(),
                approved_at=factories.CLOCK.now(),
            ),
        )


def test_the_sheet_holds_the_file_and_who_looked_after_it(office):
    sheet = printing(office, office.caseworker).household_sheet(office.household_id)
    assert sheet.file.identity.head_name == "架空 花子"
    assert [cared.caseworker for cared in sheet.history] == [office.caseworker.name]
    assert sheet.closed_on is None
    assert sheet.imprint.mark is FormMark.PLAIN


def test_caseworkers_stand_newest_first_and_only_for_the_time_the_household_was_theirs(office):
    left = factories.TODAY - timedelta(days=100)
    with office.work() as session:
        other = session.get_one(Staff, office.outsider.staff_id)
        mine = (
            session.query(Assignment)
            .filter_by(staff_id=office.caseworker.staff_id, kind="main")
            .one()
        )
        mine.valid_from = left
        factories.add(
            session,
            Assignment(
                office_id=mine.office_id,
                district_id=mine.district_id,
                staff_id=other.id,
                kind=mine.kind,
                valid_from=factories.LONG_AGO,
                valid_to=left - timedelta(days=1),
            ),
        )
    service = printing(office, office.caseworker)
    letter = service.caseworker_letter(office.household_id)
    assert (letter.old_caseworker, letter.new_caseworker, letter.changes_on) == (
        *(office.outsider.name, office.caseworker.name, left),
    )
    history = service.household_sheet(office.household_id).history
    assert [cared.caseworker for cared in history] == [office.caseworker.name, office.outsider.name]
    assert history[1].period.valid_to == left - timedelta(days=1)


def test_a_closed_household_shows_the_day(office):
    day = factories.TODAY - timedelta(days=3)
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        household.state = HouseholdState.CLOSED
        open_one = (
            session.query(HouseholdStatePeriod).filter_by(household_id=office.household_id).one()
        )
        open_one.valid_to = day - timedelta(days=1)
        factories.add(
            session,
            HouseholdStatePeriod(
                office_id=household.office_id,
                household_id=household.id,
                state=HouseholdState.CLOSED,
                valid_from=day,
            ),
        )
    sheet = printing(office, office.records).household_sheet(office.household_id)
    assert sheet.closed_on == day


def test_an_absence_of_these_days_stands_on_the_note(office):
    an_absence(office, factories.TODAY - timedelta(days=30), 540)
    an_absence(office, factories.TODAY - timedelta(days=1))
    an_absence(office, factories.TODAY, 660, is_annulled=True)
    note = printing(office, office.caseworker).absence_note(office.household_id)
    yesterday = factories.TODAY - timedelta(days=1)
    assert note.came_at == datetime(
        yesterday.year, yesterday.month, yesterday.day, 10, 15, tzinfo=JAPAN
    )
    assert (note.name, note.caseworker) == ("架空 花子", office.caseworker.name)


@pytest.mark.parametrize(("days", "minute"), [(8, 615), (1, None)])
def test_an_old_absence_or_one_without_an_hour_is_left_to_be_written(office, days, minute):
    an_absence(office, factories.TODAY - timedelta(days=days), minute)
    assert printing(office, office.caseworker).absence_note(office.household_id).came_at is None


def test_the_office_says_how_its_paper_looks(office):
    a_master(office, Master.PAPER_STYLE, "office", calendar="western", honorific="殿", signatory="")
    a_master(office, Master.FORM_NUMBERS, "K-02", number="様式第2号")
    a_master(office, Master.FORM_WORDING, "K-10.came", text="お留守でした。")
    imprint = printing(office, office.caseworker).absence_note(office.household_id).imprint
    assert imprint.style.calendar is PaperCalendar.WESTERN
    assert imprint.style.honorific == "殿"
    assert imprint.style.form_numbers == {"K-02": "様式第2号"}
    assert imprint.say("K-10", "came") == "お留守でした。"
    assert "お電話" in imprint.say("K-10", "call")


def test_without_a_change_of_the_caseworker_there_is_no_letter(office):
    with pytest.raises(UserError, match="変わっていません"):
        printing(office, office.caseworker).caseworker_letter(office.household_id)


def test_whoever_has_no_duty_for_the_household_prints_nothing_of_it(office):
    for wanted in ("household_sheet", "absence_note", "caseworker_letter"):
        with pytest.raises(NotPermittedError):
            getattr(printing(office, office.outsider), wanted)(office.household_id)
