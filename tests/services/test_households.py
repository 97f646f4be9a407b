"""Finding households and opening files, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import NotPermittedError
from desktop.domain.households import HouseholdFilter, HouseholdState, ResidenceKind, SafetyMarkKind
from desktop.domain.search_words import directory_words, person_words
from desktop.models.households import Household, HouseholdKey, Person, PersonKey, SafetyMark
from desktop.models.ledger import AddressPeriod, ResidencePeriod
from desktop.models.office import District
from desktop.services.households import search
from tests.support import factories
from tests.support.desk import SmallOffice, small_office


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def add_household(office: SmallOffice, name: str, kana: str, **changes: Any) -> Household:
    """A household of the caseworker's district with its search words."""
    with office.work() as session:
        district = session.get_one(
            District, session.get_one(Household, office.household_id).district_id
        )
        head = factories.make_person(session, name=name, kana=kana, birth_date=date(1952, 3, 4))
        shielded = bool(changes.get("is_shielded"))
        shown = {"head_name": "", "head_kana": ""} if shielded else {}
        household = factories.make_household(
            session, district=district, head=head, **{**changes, **shown}
        )
        words = directory_words(household.case_number, household.head_name, household.head_kana)
        session.add_all(
            HouseholdKey(office_id=household.office_id, household_id=household.id, word=w)
            for w in words
        )
        people = person_words(name, kana, head.birth_date, "みほん市架空町1-2-3")
        session.add_all(
            PersonKey(office_id=household.office_id, household_id=household.id, word=w)
            for w in people
        )
        return household


def names(office: SmallOffice, text: str, who: str = "caseworker", **changes: Any) -> list[str]:
    rows = office.desk(getattr(office, who)).households.page(
        HouseholdFilter(text=text, **changes), 0
    )
    return [row.head_name for row in rows]


@pytest.mark.parametrize(
    "typed",
    [
        "たかさき",
        "ﾀｶｻｷ",
        "タカサキ",
        "髙﨑",
        "高崎",
        "高﨑",
        "一郎",
        "S27.3.4",
        "昭和27年3月4日",
        "架空町",
        "架空町１丁目２",
        "髙﨑 一郎",
    ],
)
def test_a_household_is_found_however_it_is_typed(office, typed):
    add_household(office, "髙﨑 一郎", "タカサキ イチロウ")
    add_household(office, "別姓 次郎", "ベツセイ ジロウ")
    found = names(office, typed)
    assert "髙﨑 一郎" in found
    assert (
        typed in {"S27.3.4", "昭和27年3月4日", "架空町", "架空町１丁目２"}
        or "別姓 次郎" not in found
    )


def test_the_case_number_is_found_by_its_beginning(office):
    household = add_household(office, "架空 三郎", "カクウ サブロウ", case_number="0012345")
    assert names(office, "00123") == ["架空 三郎"]
    assert names(office, "12345") == [household.head_name]


@pytest.mark.parametrize("narrow", [4_000, 2, 0])
def test_words_with_few_and_with_many_keys_find_the_same(office, monkeypatch, narrow):
    monkeypatch.setattr(search, "NARROW", narrow)
    add_household(office, "髙﨑 一郎", "タカサキ イチロウ", case_number="00301")
    add_household(office, "髙﨑 次郎", "タカサキ ジロウ", case_number="00302")
    add_household(office, "架空 三郎", "カクウ サブロウ", case_number="00411")
    assert names(office, "たかさき 架空町") == ["髙﨑 一郎", "髙﨑 次郎"]
    assert names(office, "架空町 003 じろう") == ["髙﨑 次郎"]
    assert names(office, "いない 架空町") == []
    assert names(office, "003", "outsider") == ["髙﨑 一郎", "髙﨑 次郎"]
    assert names(office, "架空町 003", "outsider") == []
    households = office.desk(office.caseworker).households
    assert households.count(HouseholdFilter(text="架空町 003")) == 2


def test_people_outside_the_duty_are_found_by_the_directory_only(office):
    add_household(office, "髙﨑 一郎", "タカサキ イチロウ")
    assert names(office, "たかさき", "outsider") == ["髙﨑 一郎"]
    assert names(office, "架空町", "outsider") == []


def test_a_shielded_household_shows_number_and_district_only_outside_its_duty(office):
    household = add_household(
        office, "秘匿 花", "ヒトク ハナ", is_shielded=True, case_number="S-77"
    )
    assert names(office, "ひとく", "outsider") == []
    row = office.desk(office.outsider).households.page(HouseholdFilter(text="S-77"), 0)[0]
    assert (row.case_number, row.head_name, row.is_shielded) == ("S-77", "", True)
    assert names(office, "ひとく") == ["秘匿 花"]
    assert office.desk(office.caseworker).households.identity(household.id).head_name == "秘匿 花"


def test_states_and_pages(office):
    for number in range(5):
        add_household(office, f"架空 {number}", f"ア{number}", state=HouseholdState.CLOSED)
    households = office.desk(office.caseworker).households
    closed = HouseholdFilter(states=(HouseholdState.CLOSED,))
    assert households.count(closed) == 5
    assert households.page(closed, 3, 10) == households.page(closed, 0, 10)[3:]


def test_a_file_can_be_read_as_of_a_day(office):
    with office.work() as session:
        key = {"office_id": office.caseworker.office_id, "household_id": office.household_id}
        session.add(
            AddressPeriod(
                **key,
                address="みほん市旧町1",
                valid_from=date(2020, 4, 1),
                valid_to=date(2023, 3, 31),
            )
        )
        session.add(AddressPeriod(**key, address="みほん市新町2", valid_from=date(2023, 4, 1)))
        session.add(
            ResidencePeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                kind=ResidenceKind.HOSPITAL,
                place="架空病院",
                valid_from=date(2022, 1, 1),
                valid_to=date(2022, 2, 1),
            )
        )
        session.add(SafetyMark(**key, kind=SafetyMarkKind.DOG, valid_from=date(2021, 1, 1)))
    households = office.desk(office.caseworker).households
    today = households.open_file(office.household_id)
    then = households.open_file(office.household_id, as_of=date(2022, 1, 15))
    assert (today.address, then.address) == ("みほん市新町2", "みほん市旧町1")
    assert (today.members[0].residence, then.members[0].residence) == (
        ResidenceKind.HOME,
        ResidenceKind.HOSPITAL,
    )
    assert today.identity.marks == (SafetyMarkKind.DOG,)


def test_another_office_is_out_of_reach(office, engine):
    with office.work() as session:
        elsewhere = factories.make_office(session)
        district = factories.make_district(session, elsewhere)
        stranger = factories.make_household(session, district=district).id
        assert session.get(Person, stranger) is None
    households = office.desk(office.head).households
    with pytest.raises(NotPermittedError):
        households.identity(stranger)
    with pytest.raises(NotPermittedError):
        households.open_file(stranger, reason="窓口")
    assert stranger not in {row.household_id for row in households.page(HouseholdFilter(), 0)}
