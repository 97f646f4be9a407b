"""Trips with personal papers from the choice to the return: on both databases, as the people of the office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.carry_outs import (
    CarryItem,
    CarryOutApproval,
    CarryOutCorrection,
    CarryOutMove,
    CarryOutReason,
    CarryOutState,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from tests.support.carry_outs import (
    SHA,
    a_trip,
    an_incident,
    do,
    printing,
    set_limit,
    take_out,
    the_trip,
)
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY

M, S = CarryOutMove, CarryOutState
TOMORROW = later(CLOCK, days=1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


@pytest.fixture
def colleague(office):
    return office.desk(office.outsider)


@pytest.fixture
def made(office, caseworker):
    return caseworker.carry_outs.make(a_trip(office)).carry_out_id


@pytest.fixture
def out(office, made):
    take_out(office, office.caseworker, made)
    return made


def test_a_trip_gets_the_next_number_and_a_retry_stores_once(office, caseworker):
    given = a_trip(office)
    line = caseworker.carry_outs.make(given)
    assert (line.label, line.state, line.version) == ("持6-0001", S.MADE, 1)
    assert (line.households, line.kinds, line.media) == (1, ("携行票",), ("紙",))
    assert line.approval is CarryOutApproval.NONE
    assert caseworker.carry_outs.make(given).number == 1
    assert caseworker.carry_outs.make(a_trip(office)).label == "持6-0002"


def test_the_way_out_and_back(office, caseworker, colleague, out):
    line = the_trip(caseworker, out)
    assert (line.state, line.is_own) == (S.OUT, True)
    assert line.left_at is not None
    do(caseworker, out, M.BRING)
    assert the_trip(caseworker, out).state is S.BACK
    with pytest.raises(NotPermittedError, match="本人以外"):
        do(caseworker, out, M.CONFIRM)
    do(colleague, out, M.CONFIRM, destroyed=True)
    line = the_trip(caseworker, out)
    assert (line.state, line.destroyed, line.sheets_back) == (S.CLOSED, True, 1)
    assert line.closed_by == office.outsider.name
    assert not line.is_open
    with pytest.raises(ConflictError):
        do(colleague, out, M.CONFIRM)


def test_a_second_person_may_take_the_sheet_back_at_once(colleague, out):
    do(colleague, out, M.CONFIRM)
    assert the_trip(colleague, out).back_at is not None


def test_an_office_that_needs_no_second_person_trusts_the_carrier(office, caseworker, out):
    set_limit(office, "carry_second_person", 0)
    do(caseworker, out, M.CONFIRM, destroyed=True)
    assert the_trip(caseworker, out).state is S.CLOSED


def test_a_sheet_too_few_needs_a_word(caseworker, colleague, out):
    with pytest.raises(ValidationError) as refused:
        do(colleague, out, M.CONFIRM, sheets=0)
    assert "枚数が" in refused.value.fields["words"]
    with pytest.raises(ValidationError):
        do(colleague, out, M.CONFIRM, sheets=None)
    do(colleague, out, M.CONFIRM, "濡れたため現地で裁断した。", sheets=0)
    line = the_trip(caseworker, out)
    assert (line.sheets_back, line.remark) == (0, "濡れたため現地で裁断した。")


@pytest.mark.parametrize(
    ("forged", "field"),
    [
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("gold",)}, "kinds"),
        ({"kinds": ("usb",)}, "kinds"),
        ({"sheets": 0}, "sheets"),
        ({"sheets": 1000}, "sheets"),
        ({"area": " "}, "area"),
        ({"area": "長" * 61}, "area"),
        ({"protection": "長" * 301}, "protection"),
        ({"items": ()}, "items"),
        ({"leaving_at": CLOCK.now() - timedelta(days=1)}, "leaving_at"),
        ({"leaving_at": CLOCK.now() + timedelta(days=8)}, "leaving_at"),
    ],
)
def test_what_cannot_be_made_is_said_at_its_field(office, caseworker, forged, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.carry_outs.make(a_trip(office, **forged))
    assert list(refused.value.fields) == [field]
    assert caseworker.carry_outs.open_lines() == ()


def test_households_are_ones_own_each_once_and_a_days_worth(office, caseworker, colleague):
    with pytest.raises(NotPermittedError, match="担当する世帯"):
        colleague.carry_outs.make(a_trip(office))
    item = CarryItem(household_id=office.household_id)
    with pytest.raises(ValidationError, match="二度"):
        caseworker.carry_outs.make(a_trip(office, items=(item, item)))
    wrong = CarryItem(household_id=office.household_id, purposes=("xx",))
    with pytest.raises(ValidationError, match="目的"):
        caseworker.carry_outs.make(a_trip(office, items=(wrong,)))
    set_limit(office, "carry_most_households", 0)
    with pytest.raises(ValidationError, match="0世帯まで"):
        caseworker.carry_outs.make(a_trip(office))


def test_who_writes_no_records_takes_nothing_out(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).carry_outs.make(a_trip(office))


def test_straight_home_needs_the_supervisor(office, caseworker, supervisor):
    trip = caseworker.carry_outs.make(a_trip(office, goes_home=True))
    assert trip.approval is CarryOutApproval.SUPERVISOR
    with pytest.raises(ConflictError, match="承認が要ります"):
        printing(office, office.caseworker).prepare_sheet(trip.carry_out_id, trip.version)
    with pytest.raises(NotPermittedError, match="自分の持出し"):
        do(caseworker, trip.carry_out_id, M.APPROVE)
    assert the_trip(supervisor, trip.carry_out_id).may_approve
    do(supervisor, trip.carry_out_id, M.APPROVE)
    take_out(office, office.caseworker, trip.carry_out_id)
    line = the_trip(caseworker, trip.carry_out_id)
    assert (line.state, line.approved_by) == (S.OUT, office.supervisor.name)


def test_a_whole_file_needs_a_head(office, caseworker, supervisor):
    trip = caseworker.carry_outs.make(a_trip(office, kinds=("carry_sheet", "case_file")))
    assert trip.approval is CarryOutApproval.HEAD
    assert not the_trip(supervisor, trip.carry_out_id).may_approve
    with pytest.raises(NotPermittedError, match="課長"):
        do(supervisor, trip.carry_out_id, M.APPROVE)
    do(office.desk(office.head), trip.carry_out_id, M.APPROVE)
    assert the_trip(caseworker, trip.carry_out_id).state is S.APPROVED


def test_an_office_may_ask_for_a_word_each_time(office, caseworker, colleague):
    set_limit(office, "carry_needs_approval", 1)
    trip = caseworker.carry_outs.make(a_trip(office))
    assert trip.approval is CarryOutApproval.SUPERVISOR
    with pytest.raises(NotPermittedError, match="査察指導員"):
        do(colleague, trip.carry_out_id, M.APPROVE)


def test_what_is_not_back_blocks_the_next_day(office, caseworker, out):
    assert caseworker.carry_outs.choices().blocked == ""
    next_day = office.desk(office.caseworker, TOMORROW)
    assert "持6-0001" in next_day.carry_outs.choices().blocked
    with pytest.raises(ConflictError, match="返却されていない持出し（持6-0001、10月1日）"):
        next_day.carry_outs.make(a_trip(office, TOMORROW))


def test_a_sheet_that_was_made_before_stays_in_when_another_is_not_back(office, caseworker, out):
    waiting = caseworker.carry_outs.make(a_trip(office)).carry_out_id
    with pytest.raises(ConflictError, match="返却されていない"):
        take_out(office, office.caseworker, waiting, TOMORROW)


def test_a_supervisor_lets_somebody_pass_for_a_day_by_name_and_with_a_reason(office, out):
    supervisor = office.desk(office.supervisor, TOMORROW)
    carrier = office.caseworker.staff_id
    with pytest.raises(ValidationError):
        supervisor.carry_outs.let_pass(new_id(), carrier, " ")
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker, TOMORROW).carry_outs.let_pass(new_id(), carrier, "訳")
    supervisor.carry_outs.let_pass(new_id(), carrier, "緊急の訪問のため。")
    caseworker = office.desk(office.caseworker, TOMORROW)
    assert caseworker.carry_outs.choices().blocked == ""
    assert caseworker.carry_outs.make(a_trip(office, TOMORROW)).number == 2
    after = later(CLOCK, days=2)
    assert office.desk(office.caseworker, after).carry_outs.choices().blocked != ""


def test_the_office_says_after_how_many_days_it_blocks(office, out):
    set_limit(office, "carry_block_days", 3)
    two = later(CLOCK, days=2)
    assert office.desk(office.caseworker, two).carry_outs.choices().blocked == ""
    three = later(CLOCK, days=3)
    assert office.desk(office.caseworker, three).carry_outs.choices().blocked != ""


def test_it_is_late_from_the_time_of_day_on(office, out):
    morning = the_trip(office.desk(office.caseworker), out)
    assert not morning.is_late
    evening = later(CLOCK, hours=12)
    assert the_trip(office.desk(office.caseworker, evening), out).is_late


def test_withdrawing_needs_a_word_and_keeps_the_number(office, caseworker, made):
    with pytest.raises(ValidationError):
        do(caseworker, made, M.WITHDRAW)
    do(caseworker, made, M.WITHDRAW, "雨で中止した。")
    assert the_trip(caseworker, made).state is S.WITHDRAWN
    assert caseworker.carry_outs.make(a_trip(office)).number == 2


def test_a_sheet_leaves_once_and_only_by_printing(office, caseworker, made):
    with pytest.raises(ConflictError, match="印刷したとき"):
        do(caseworker, made, M.LEAVE)
    batch = take_out(office, office.caseworker, made)
    way = printing(office, office.caseworker)
    way.record_sheet(batch, made, 1, pages=1, sha256=SHA)  # the log knew it already
    with pytest.raises(ConflictError):
        way.prepare_sheet(made, 2)
    with pytest.raises(ConflictError):
        way.record_sheet(new_id(), made, 1, pages=1, sha256=SHA)
    assert the_trip(caseworker, made).version == 2


def test_nobody_prints_a_colleagues_sheet(office, made):
    with pytest.raises(NotPermittedError, match="本人だけ"):
        printing(office, office.supervisor).prepare_sheet(made, 1)


def test_a_meeting_without_households_leaves_without_a_sheet(office, caseworker):
    trip = caseworker.carry_outs.make(
        a_trip(office, reason=CarryOutReason.MEETING, items=(), kinds=("blank_forms",))
    )
    do(caseworker, trip.carry_out_id, M.LEAVE)
    assert the_trip(caseworker, trip.carry_out_id).state is S.OUT


def test_the_sheet_tells_number_initials_and_place_only(office, made):
    with office.work() as session:
        session.add(
            AddressPeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                valid_from=LONG_AGO,
                address="架空県架空市見本町1丁目2番3号 見本荘101号室",
            )
        )
    (item,) = printing(office, office.caseworker).prepare_sheet(made, 1).items
    assert (item.initials, item.place) == ("K.H.", "見本町 101号室")
    assert [label for label, is_on in item.purposes if is_on] == ["生活状況", "収入の確認"]
    assert "住んでいる人" in item.checks


def test_of_a_shielded_household_the_number_alone_is_told(office, made):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        household.is_shielded, household.head_name, household.head_kana = True, "", ""
    (item,) = printing(office, office.caseworker).prepare_sheet(made, 1).items
    assert (item.initials, item.place) == ("", "")


@pytest.mark.parametrize("typed", ["持6-0001", "6-1", "６－０００１", " 2024000001 "])
def test_a_trip_is_found_by_what_was_typed_or_scanned(colleague, out, typed):
    assert colleague.carry_outs.find(typed).carry_out_id == out


@pytest.mark.parametrize("typed", ["", "1", "6-0009", "架空", "20240000010"])
def test_what_is_no_number_finds_nothing(colleague, out, typed):
    with pytest.raises(ValidationError):
        colleague.carry_outs.find(typed)


def test_the_register_of_a_period(office, caseworker, out):
    way = printing(office, office.records)
    assert [line.number for line in way.prepare_register(TODAY, TODAY).lines] == [1]
    assert way.prepare_register(TODAY - timedelta(days=9), TODAY - timedelta(days=1)).lines == ()
    way.record_register(new_id(), pages=1, sha256=SHA)


def test_households_to_choose_from_are_the_own_ones(office, caseworker, colleague):
    (found,) = caseworker.carry_outs.candidates()
    assert (found.household_id, found.head_name) == (office.household_id, "架空 花子")
    assert colleague.carry_outs.candidates() == ()


def test_what_was_lost_is_found_again_and_the_incident_stays(office, caseworker, colleague, out):
    do(caseworker, out, M.LOSE, "駅で気付いた。")
    with pytest.raises(ConflictError, match="先に、なくした書類の事案"):
        do(caseworker, out, M.FIND, "交番に届いていた。")
    caseworker.carry_outs.save_incident(an_incident(out))
    with pytest.raises(ValidationError, match="理由"):
        do(caseworker, out, M.FIND)
    with pytest.raises(NotPermittedError):
        do(colleague, out, M.FIND, "交番に届いていた。")
    do(caseworker, out, M.FIND, "交番に届いていた。")
    line = the_trip(caseworker, out)
    assert (line.state, line.sheets_back) == (S.BACK, 1)
    assert line.remark == "駅で気付いた。　交番に届いていた。"
    do(colleague, out, M.CONFIRM)
    assert the_trip(caseworker, out).state is S.CLOSED
    (incident,) = office.desk(office.supervisor).carry_outs.incidents()
    assert incident.given.carry_out_id == out


def test_a_return_time_is_corrected_in_the_open(office, caseworker, colleague, out):
    evening = office.desk(office.outsider, later(CLOCK, hours=9))
    do(evening, out, M.CONFIRM)
    line = the_trip(caseworker, out)
    real = CLOCK.now() + timedelta(hours=3)

    def correct(desk, **changes):
        plain = {
            "carry_out_id": out,
            "version": line.version,
            "back_at": real,
            "words": "昼に返した。",
        }
        return desk.carry_outs.correct(CarryOutCorrection(**(plain | changes)))

    with pytest.raises(ValidationError, match="理由"):
        correct(caseworker, words=" ")
    for wrong in (CLOCK.now() - timedelta(minutes=1), CLOCK.now() + timedelta(hours=10)):
        with pytest.raises(ValidationError, match="返却時刻は"):
            correct(caseworker, back_at=wrong)
    with pytest.raises(NotPermittedError):
        correct(colleague)
    with pytest.raises(ConflictError):
        correct(caseworker, version=1)
    assert correct(caseworker) == line.version + 1
    after = the_trip(caseworker, out)
    assert (after.back_at, after.state) == (real, S.CLOSED)
    assert after.remark == "昼に返した。（返却時刻を訂正。訂正前 R6.10.1 18:00）"


def test_a_remark_is_added_while_papers_are_out_but_no_return_time(office, out):
    supervisor = office.desk(office.supervisor)
    given = {"carry_out_id": out, "version": 2, "words": "帰りは直帰に変えた。"}
    with pytest.raises(ConflictError, match="返却を記録していない"):
        supervisor.carry_outs.correct(CarryOutCorrection(**given, back_at=CLOCK.now()))
    assert supervisor.carry_outs.correct(CarryOutCorrection(**given, back_at=None)) == 3
    line = the_trip(supervisor, out)
    assert (line.state, line.back_at, line.remark) == (S.OUT, None, "帰りは直帰に変えた。")
