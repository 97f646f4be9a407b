"""The structure of the last entry, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, Place, SegmentKind
from tests.support.desk import small_office


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


def write(office, desk, text, *, days=0, submits=True, kind="home_visit"):
    blank = desk.records.blank(office.household_id, kind)
    segments = tuple(
        replace(s, text=text) if s.kind is SegmentKind.FACTS else replace(s, text="")
        for s in blank.segments
    )
    saved = desk.records.save(
        replace(
            blank,
            event_on=blank.event_on - timedelta(days=days),
            segments=segments,
            result_code="11" if kind == "home_visit" else "32",
            started_at=480,
            place=Place.DOOR if kind == "home_visit" else blank.place,
            met=(MetPerson(label="架空 花子", person_id=office.person_id),),
        )
    )
    if submits:
        desk.records.submit(saved.entry_id, saved.version, Impact.NONE)


def test_the_last_one_of_the_kind_gives_headings_place_and_people_and_no_sentence(office, desk):
    write(office, desk, "前の見出し：古い答え。", days=9)
    write(office, desk, "求職の状況：三件に応募した。\n続きの文。", days=2)
    write(office, desk, "用件：電話の内容。", kind="telephone_in")
    found = desk.drafting.structure(office.household_id, "home_visit")
    assert found.headings == {SegmentKind.FACTS: ("求職の状況：",)}
    assert found.place is Place.DOOR
    assert [met.person_id for met in found.met] == [office.person_id]
    assert "応募" not in repr(found.headings)


def test_a_draft_gives_none(office, desk):
    write(office, desk, "見出し：下書き。", submits=False)
    assert desk.drafting.structure(office.household_id, "home_visit") is None


def test_who_writes_no_records_takes_nothing_over(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).drafting.structure(office.household_id, "home_visit")
