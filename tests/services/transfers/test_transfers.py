"""Transfers from the draft to the receipt: on both databases, as the people of the office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.transfers import (
    TransferConsent,
    TransferMove,
    TransferMoveInput,
    TransferNotes,
    TransferState,
)
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from tests.support.desk import also_supervises, small_office
from tests.support.factories import TODAY
from tests.support.transfers import (
    OTHER,
    a_transfer,
    do,
    know_other_offices,
    shield,
    the_transfer,
)

M, S = TransferMove, TransferState
WHO = "見本市福祉事務所　主査　例示"


@pytest.fixture
def office(engine):
    made = small_office(engine)
    know_other_offices(made.work, made.caseworker)
    return made


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


@pytest.fixture
def drafted(office, caseworker):
    caseworker.transfers.save(a_transfer(office))
    return caseworker


@pytest.fixture
def approved(office, drafted, supervisor):
    do(supervisor, office, M.APPROVE)
    return drafted


def test_a_draft_waits_with_its_words_for_a_second_person(office, drafted, supervisor):
    found = the_transfer(supervisor, office)
    assert (found.line.state, found.line.label, found.line.version) == (S.DRAFTED, "", 1)
    assert found.notes == TransferNotes(
        needs="通院先が決まっていない。", agreed="月末に窓口へ行く。"
    )
    assert found.enclosures == ("case_record", "face_sheet")
    assert found.line.due_on == TODAY + timedelta(days=7)
    assert found.may_decide
    assert not the_transfer(drafted, office).may_decide


def test_the_way_to_the_receipt(office, approved):
    line = the_transfer(approved, office).line
    assert (line.state, line.label) == (S.APPROVED, "6-0001")
    do(approved, office, M.SEND, on=TODAY)
    waits = the_transfer(approved, office).line
    assert (waits.state, waits.due_on) == (S.SENT, TODAY + timedelta(days=14))
    assert [t.transfer_id for t in approved.transfers.lines()] == [waits.transfer_id]
    do(approved, office, M.ACKNOWLEDGE, WHO, on=TODAY)
    ended = the_transfer(approved, office)
    assert (ended.line.state, ended.line.acknowledged_on) == (S.ACKNOWLEDGED, TODAY)
    assert [(s.state, s.on, s.words) for s in ended.steps] == [
        (S.DRAFTED, None, ""),
        (S.APPROVED, None, ""),
        (S.SENT, TODAY, ""),
        (S.ACKNOWLEDGED, TODAY, WHO),
    ]
    assert ended.steps[1].by == office.supervisor.name
    assert approved.transfers.lines() == ()
    assert len(approved.transfers.lines(with_ended=True)) == 1


def test_who_wrote_it_cannot_approve_it_even_as_supervisor(office, drafted):
    both = also_supervises(office.work, office.caseworker, office.household_id)
    with pytest.raises(NotPermittedError, match="書いた人は承認できません"):
        do(office.desk(both), office, M.APPROVE)


def test_whoever_changed_it_last_cannot_approve_it(office, drafted, supervisor):
    shown = the_transfer(supervisor, office)
    supervisor.transfers.save(
        a_transfer(office, transfer_id=shown.line.transfer_id, version=1, enclosures=())
    )
    with pytest.raises(NotPermittedError, match="書いた人は承認できません"):
        do(supervisor, office, M.APPROVE)
    do(office.desk(office.head), office, M.APPROVE)
    assert the_transfer(supervisor, office).line.state is S.APPROVED


@pytest.mark.parametrize("who", ["caseworker", "records"])
def test_without_a_position_nobody_decides(office, drafted, who):
    with pytest.raises(NotPermittedError):
        do(office.desk(getattr(office, who)), office, M.APPROVE)


def test_a_returned_draft_says_why_and_waits_again_when_it_was_changed(office, drafted, supervisor):
    with pytest.raises(ValidationError, match="理由"):
        do(supervisor, office, M.RETURN)
    do(supervisor, office, M.RETURN, "同封物に決定調書がない。")
    shown = the_transfer(drafted, office)
    assert (shown.line.state, shown.steps[-1].words) == (S.RETURNED, "同封物に決定調書がない。")
    with pytest.raises(ConflictError):
        do(supervisor, office, M.APPROVE)
    again = a_transfer(
        office,
        transfer_id=shown.line.transfer_id,
        version=shown.line.version,
        enclosures=("decision",),
        notes=TransferNotes(needs="なし"),
    )
    assert drafted.transfers.save(again) == 3
    assert drafted.transfers.save(again) == 3  # a retry
    found = the_transfer(drafted, office)
    assert (found.line.state, found.enclosures, found.notes.needs, found.notes.agreed) == (
        *(S.DRAFTED, ("decision",)),
        *("なし", ""),
    )
    assert [s.state for s in found.steps] == [S.DRAFTED, S.RETURNED, S.DRAFTED]


def test_what_was_approved_is_not_changed(office, approved):
    shown = the_transfer(approved, office).line
    with pytest.raises(ConflictError):
        approved.transfers.save(
            a_transfer(office, transfer_id=shown.transfer_id, version=shown.version)
        )


def test_an_older_version_is_refused(office, drafted, supervisor):
    shown = the_transfer(supervisor, office).line
    drafted.transfers.save(
        a_transfer(office, transfer_id=shown.transfer_id, version=1, consent_on=date(2024, 9, 1))
    )
    move = TransferMoveInput(transfer_id=shown.transfer_id, version=shown.version, move=M.APPROVE)
    with pytest.raises(ConflictError, match="先に進めました"):
        supervisor.transfers.move(office.household_id, move)


def test_one_open_transfer_a_household(office, drafted):
    with pytest.raises(ConflictError, match="終わっていない移管"):
        drafted.transfers.save(a_transfer(office))
    do(drafted, office, M.WITHDRAW, "転出をやめた。")
    drafted.transfers.save(a_transfer(office))
    states = [t.line.state for t in drafted.transfers.of_household(office.household_id).transfers]
    assert sorted(states) == [S.DRAFTED, S.WITHDRAWN]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"moved_on": TODAY + timedelta(days=367)}, "moved_on"),
        ({"destination": "nowhere"}, "destination"),
        ({"consent_on": None}, "consent_on"),
        ({"consent_on": TODAY + timedelta(days=1)}, "consent_on"),
        ({"consent": TransferConsent.REFUSED}, "consent_on"),
        ({"enclosures": ("gold",)}, "enclosures"),
        ({"notes": TransferNotes(dangers="長" * 2001)}, "dangers"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_what_cannot_be_drafted_says_so_at_its_field(office, caseworker, change, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.transfers.save(a_transfer(office, **change))
    assert set(refused.value.fields) == {field}
    assert caseworker.transfers.lines() == ()


@pytest.mark.parametrize("day", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_days_are_within_the_way(office, approved, day):
    with pytest.raises(ValidationError) as refused:
        do(approved, office, M.SEND, on=day)
    assert set(refused.value.fields) == {"on"}
    do(approved, office, M.SEND, on=TODAY)
    with pytest.raises(ValidationError) as refused:
        do(approved, office, M.ACKNOWLEDGE, WHO, on=day)
    assert set(refused.value.fields) == {"on"}


def test_a_receipt_names_who_gave_it(office, approved):
    do(approved, office, M.SEND, on=TODAY)
    with pytest.raises(ValidationError) as refused:
        do(approved, office, M.ACKNOWLEDGE, " ", on=TODAY)
    assert set(refused.value.fields) == {"words"}


def test_nothing_is_acknowledged_that_was_not_sent(office, approved):
    with pytest.raises(ConflictError):
        do(approved, office, M.ACKNOWLEDGE, WHO, on=TODAY)


def test_records_staff_send_but_do_not_write(office, approved):
    records = office.desk(office.records)
    with pytest.raises(NotPermittedError):
        records.transfers.save(a_transfer(office))
    do(records, office, M.SEND, on=TODAY)
    with pytest.raises(NotPermittedError):
        do(records, office, M.WITHDRAW, "誤り")


def test_a_shielded_household_needs_one_more_confirmation(office, approved):
    shield(office)
    with pytest.raises(ConflictError, match="支援措置の確認"):
        do(approved, office, M.SEND, on=TODAY)
    shown = the_transfer(approved, office).line
    approved.transfers.confirm(shown.transfer_id, shown.version)
    with pytest.raises(ConflictError):
        approved.transfers.confirm(shown.transfer_id, shown.version + 1)
    do(approved, office, M.SEND, on=TODAY)
    assert the_transfer(approved, office).line.state is S.SENT


def test_where_a_shielded_household_went_is_not_listed(office, approved):
    shield(office)
    (line,) = approved.transfers.lines()
    assert (line.destination, line.head_name) == ("", "架空 花子")
    assert the_transfer(approved, office).line.destination == "見本市福祉事務所"


def test_another_household_is_not_confirmed(office, approved):
    shown = the_transfer(approved, office).line
    with pytest.raises(ConflictError, match="支援措置の世帯ではありません"):
        approved.transfers.confirm(shown.transfer_id, shown.version)


def test_another_team_neither_sees_nor_writes(office, drafted):
    outsider = office.desk(office.outsider)
    assert outsider.transfers.lines(with_ended=True) == ()
    with pytest.raises(NotPermittedError):
        outsider.transfers.save(a_transfer(office))


def test_numbers_have_no_gap(office, approved, supervisor):
    do(approved, office, M.WITHDRAW, "誤り")
    approved.transfers.save(a_transfer(office))
    do(supervisor, office, M.APPROVE)
    assert the_transfer(approved, office).line.label == "6-0002"


def test_the_office_of_the_new_address_is_proposed(office, caseworker):
    assert caseworker.transfers.of_household(office.household_id).choices.proposed == ""
    with office.work() as session:
        session.add(
            AddressPeriod(
                office_id=session.get_one(Household, office.household_id).office_id,
                household_id=office.household_id,
                address="架空県見本市例区例町1番地",
                valid_from=TODAY,
            )
        )
    found = caseworker.transfers.of_household(office.household_id).choices
    assert found.proposed == "rei"
    assert [o.code for o in found.offices] == [OTHER, "rei"]
    assert found.enclosures["case_record"] == "ケース記録票の写し"
