"""Writing reading packs and destroying them. On both databases."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.carry_outs import CarryOutApproval, CarryOutMove, CarryOutReason, CarryOutState
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.reading_packs import PackInput
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.masters import MasterValue
from desktop.services.reading_packs.opening import PackOpening
from desktop.viewmodels.reading_packs import sheet_of
from tests.support.carry_outs import a_trip, do, printing, set_limit, the_trip
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.reading_packs import (
    PASSPHRASE,
    a_pack_trip,
    allow_packs,
    an_approved_pack,
    write_pack,
)

M, S = CarryOutMove, CarryOutState


@pytest.fixture
def office(engine):
    office = small_office(engine)
    allow_packs(office)
    return office


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def approved(office):
    return an_approved_pack(office)


@pytest.fixture
def folder(tmp_path):
    """Where files go; the office's own database may lie beside it."""
    place = tmp_path / "out"
    place.mkdir()
    return place


def tickets(office):
    """(purpose, staff, household) of every ticket for a pack."""
    with office.work() as session:
        rows = session.execute(
            select(Ticket.staff_id, TicketHousehold.household_id)
            .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
            .where(Ticket.purpose == "pack")
        )
        return [tuple(row) for row in rows]


def shield(office):
    with office.work() as session:
        session.get_one(Household, office.household_id).is_shielded = True


def test_as_shipped_an_office_has_no_packs(engine):
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    with office.work() as session:
        stored = session.scalars(select(MasterValue).where(MasterValue.key == "reading_pack")).all()
    assert all(not row.value["is_allowed"] for row in stored)
    assert desk.carry_outs.choices().packs is None
    with pytest.raises(ValidationError) as refused:
        desk.carry_outs.make(a_pack_trip(office))
    assert set(refused.value.fields) == {"kinds"}


def test_a_pack_always_needs_a_second_persons_word(office, caseworker, folder):
    """The office's table asks for none, and it is asked for all the same."""
    made = caseworker.carry_outs.make(a_pack_trip(office))
    assert made.approval is CarryOutApproval.SUPERVISOR
    with pytest.raises(ConflictError, match="承認が要ります"):
        write_pack(office, office.caseworker, made.carry_out_id, folder)
    with pytest.raises(NotPermittedError, match="自分の持出し"):
        do(caseworker, made.carry_out_id, M.APPROVE)
    assert tickets(office) == []
    assert list(folder.iterdir()) == []


def test_an_approved_pack_is_written_once_and_read_without_the_office(
    office, caseworker, approved, folder
):
    path = write_pack(office, office.caseworker, approved, folder)
    assert path.name == "trip-2024-0001.bansopack"
    line = the_trip(caseworker, approved)
    assert (line.state, line.households, line.left_at) == (S.OUT, 1, CLOCK.now())
    assert line.pack is not None
    assert line.pack.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert line.pack.made_at == CLOCK.now()
    pack = PackOpening(CLOCK).open(path, PASSPHRASE)
    assert (pack.header.label, pack.header.households) == ("持6-0001", 1)
    assert pack.header.expires_at == line.pack.expires_at
    (sheet,) = pack.sheets
    assert sheet.head_name == "架空 花子"
    assert sheet.groups[0].lines[0].text == "生活状況、収入の確認"
    assert "世帯員" in [group.title for group in sheet.groups]
    with pytest.raises(ConflictError):
        write_pack(office, office.caseworker, approved, folder)
    with pytest.raises(ConflictError):
        write_pack(office, office.caseworker, approved, folder.parent)
    assert the_trip(caseworker, approved).pack == line.pack


def test_the_trail_says_who_took_which_household(office, caseworker, approved, folder):
    caseworker.households.open_file(
        office.household_id
    )  # open already: the pack is told all the same
    write_pack(office, office.caseworker, approved, folder)
    assert tickets(office) == [(office.caseworker.staff_id, office.household_id)]


def test_nobody_writes_the_pack_of_somebody_else(office, approved, folder):
    with pytest.raises(NotPermittedError, match="本人だけ"):
        write_pack(office, office.supervisor, approved, folder)
    assert tickets(office) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"kinds": ("reading_pack", "carry_sheet")}, "kinds"),
        ({"sheets": 2}, "sheets"),
        ({"items": (), "reason": CarryOutReason.MEETING}, "items"),
        ({"expires_at": None}, "expires_at"),
        ({"expires_at": CLOCK.now()}, "expires_at"),
        ({"expires_at": CLOCK.now() + timedelta(hours=10, seconds=1)}, "expires_at"),
        ({"leaving_at": CLOCK.now() + timedelta(days=1)}, "expires_at"),
    ],
    ids=str,
)
def test_what_is_no_proper_pack_is_refused(office, caseworker, changes, name):
    with pytest.raises(ValidationError) as refused:
        caseworker.carry_outs.make(a_pack_trip(office, **changes))
    assert set(refused.value.fields) == {name}


def test_only_a_pack_has_an_expiry(office, caseworker):
    with pytest.raises(ValidationError, match="期限は、閲覧パック"):
        caseworker.carry_outs.make(a_trip(office, expires_at=CLOCK.now() + timedelta(hours=1)))


def test_an_office_may_want_fewer_households(office, caseworker):
    set_limit(office, "pack_most_households", 0)
    with pytest.raises(ValidationError, match="0世帯まで"):
        caseworker.carry_outs.make(a_pack_trip(office))


def test_shielded_households_are_in_no_pack_unless_the_office_says_so(office, caseworker, folder):
    approved = an_approved_pack(office)
    shield(office)
    with pytest.raises(ValidationError, match="支援措置"):
        caseworker.carry_outs.make(a_pack_trip(office))
    with pytest.raises(UserError, match="支援措置"):
        write_pack(office, office.caseworker, approved, folder)
    assert list(folder.iterdir()) == []
    set_limit(office, "pack_with_shielded", 1)
    assert write_pack(office, office.caseworker, approved, folder).exists()


def test_an_office_that_ends_packs_ends_those_approved_too(office, approved, folder):
    allow_packs(office, allowed=False)
    with pytest.raises(ConflictError, match="認められていません"):
        write_pack(office, office.caseworker, approved, folder)
    assert list(folder.iterdir()) == []


def test_the_file_is_written_near_the_day_and_before_its_expiry(office, folder):
    leaving = CLOCK.now() + timedelta(days=2)
    early = an_approved_pack(office, leaving_at=leaving, expires_at=leaving + timedelta(hours=8))
    with pytest.raises(ConflictError, match="まだ書き出せません"):
        write_pack(office, office.caseworker, early, folder)
    with pytest.raises(ConflictError, match="期限が過ぎて"):
        write_pack(office, office.caseworker, early, folder, later(CLOCK, days=3))
    assert list(folder.iterdir()) == []
    path = write_pack(office, office.caseworker, early, folder, later(CLOCK, days=2))
    assert path.exists()


def test_a_short_passphrase_is_refused_before_anything_is_read(office, approved, folder):
    with pytest.raises(ValidationError) as refused:
        write_pack(office, office.caseworker, approved, folder, passphrase=PASSPHRASE[:11])
    assert set(refused.value.fields) == {"passphrase"}
    assert tickets(office) == []


def test_nothing_is_overwritten_and_nothing_noted_where_no_file_can_be(
    office, caseworker, approved, folder
):
    there = folder / "trip-2024-0001.bansopack"
    there.write_bytes(b"old")
    with pytest.raises(UserError, match="同じ名前"):
        write_pack(office, office.caseworker, approved, folder)
    with pytest.raises(UserError, match="別のフォルダー"):
        write_pack(office, office.caseworker, approved, folder / "ない")
    assert there.read_bytes() == b"old"
    assert the_trip(caseworker, approved).state is S.APPROVED


def test_a_pack_has_no_carry_sheet(office, caseworker, approved):
    version = the_trip(caseworker, approved).version
    way = printing(office, office.caseworker)
    with pytest.raises(ConflictError, match="書き出したとき"):
        way.record_sheet(new_id(), approved, version, pages=1, sha256="0" * 64)
    with pytest.raises(ConflictError):
        do(caseworker, approved, M.LEAVE)


def test_the_carrier_deletes_the_file_and_a_second_person_confirms(
    office, caseworker, approved, folder
):
    path = write_pack(office, office.caseworker, approved, folder)
    version = the_trip(caseworker, approved).version
    copy = folder / "copy.bansopack"
    copy.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ConflictError, match="消していません"):
        caseworker.packs.destroy(approved, version, copy)
    with pytest.raises(NotPermittedError):
        office.desk(office.supervisor).packs.destroy(approved, version, path)
    caseworker.packs.destroy(approved, version, path)
    assert not path.exists()
    line = the_trip(caseworker, approved)
    assert (line.state, line.destroyed, line.sheets_back) == (S.BACK, True, 1)
    with pytest.raises(NotPermittedError, match="本人以外"):
        do(caseworker, approved, M.CONFIRM, destroyed=True)
    colleague = office.desk(office.outsider)
    with pytest.raises(ConflictError, match="消したことを確かめ"):
        do(colleague, approved, M.CONFIRM)
    do(colleague, approved, M.CONFIRM, destroyed=True)
    assert the_trip(caseworker, approved).state is S.CLOSED


def test_what_is_not_back_warns_and_blocks_like_a_sheet(office, approved, folder):
    write_pack(office, office.caseworker, approved, folder)
    tomorrow = office.desk(office.caseworker, later(CLOCK, days=1))
    assert the_trip(tomorrow, approved).is_late
    assert "持6-0001" in tomorrow.carry_outs.choices().blocked
    with pytest.raises(ConflictError, match="返却されていない"):
        tomorrow.carry_outs.make(a_trip(office, later(CLOCK, days=1)))


def test_a_version_that_was_not_shown_writes_nothing(office, caseworker, approved, folder):
    given = PackInput(carry_out_id=approved, version=1, passphrase=PASSPHRASE)
    with pytest.raises(ConflictError):
        caseworker.packs.write(given, folder, lambda source: sheet_of(source, TODAY))
    assert tickets(office) == []
