"""The agencies of a household, from its entries of contacts with agencies; both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput, MetPerson, SegmentKind
from desktop.services.records import AgencyContactService
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK, days_ago

PHARMACY = "見本薬局　架空薬剤師"


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def service_of(desk: Desk) -> AgencyContactService:
    return AgencyContactService(desk.work, CLOCK, desk.staff, desk.records.reading)


def wrote(office: SmallOffice, by: Desk, kind: str, label: str, days: int) -> EntryInput:
    """An entry of a contact with somebody outside the household, some days ago; still a draft."""
    blank = by.records.blank(office.household_id, kind)
    given = replace(
        blank,
        event_on=days_ago(days),
        met=(MetPerson(label=label),),
        segments=tuple(
            replace(s, text="服薬の様子を聞いた。" if s.kind is SegmentKind.FACTS else s.text)
            for s in blank.segments
        ),
    )
    by.records.save(given)
    return given


def known(service: AgencyContactService, office: SmallOffice):
    found = service.agencies(office.household_id)
    return [(a.name, a.person, a.last_on, a.times) for a in found if a.last_on is not None]


def test_contacts_with_agencies_are_listed_and_others_not(office, caseworker):
    wrote(office, caseworker, "agency", PHARMACY, 40)
    wrote(office, caseworker, "agency", "見本薬局", 3)
    wrote(office, caseworker, "medical_review", "見本病院 医療相談室　試験相談員", 9)
    wrote(office, caseworker, "relatives", "架空 一郎", 1)
    wrote(office, caseworker, "telephone_in", "家主", 1)
    assert known(service_of(caseworker), office) == [
        ("見本薬局", "架空薬剤師", days_ago(3), 2),
        ("見本病院 医療相談室", "試験相談員", days_ago(9), 1),
    ]


def test_the_office_s_partners_are_offered_though_no_entry_names_them(office, caseworker):
    found = service_of(caseworker).agencies(office.household_id)
    assert {a.last_on for a in found} == {None}
    assert "見本市社会福祉協議会" in {a.name for a in found}


def test_a_colleague_s_draft_tells_nothing_yet_and_handed_in_it_does(office, caseworker):
    given = wrote(office, caseworker, "agency", PHARMACY, 3)
    boss = office.desk(office.supervisor)
    with pytest.raises(NotPermittedError):
        service_of(office.desk(office.records)).agencies(office.household_id)
    assert known(service_of(boss), office) == []
    caseworker.records.submit(given.entry_id, 1, Impact.NONE)
    assert len(known(service_of(boss), office)) == 1


def test_a_file_outside_the_duty_is_not_opened_for_it(office, caseworker):
    with pytest.raises(ReasonNeededError):
        service_of(office.desk(office.outsider)).agencies(office.household_id)
