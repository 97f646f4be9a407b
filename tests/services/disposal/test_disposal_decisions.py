"""Who decides about a list of disposal, and in which order, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.disposal import (
    DisposalDecision,
    DisposalState,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.roles import Role
from desktop.models.office import StaffRole
from tests.support import factories
from tests.support.disposal import (
    namesake,
    old_office,
)

APPROVED, REJECTED = DisposalDecision.APPROVED, DisposalDecision.REJECTED


@pytest.fixture
def place(engine):
    return old_office(engine)


def test_the_order_is_check_then_approve_then_carry_out(place):
    made = place.draw_up()
    with pytest.raises(ConflictError, match="今の状態では"):
        place.records.carry_out(made.list_id, made.content_hash)
    decide(place, place.office.supervisor, made)
    with pytest.raises(ConflictError, match="今の状態では"):
        place.records.carry_out(made.list_id, made.content_hash)
    decide(place, place.director, made)
    with pytest.raises(ConflictError, match="今の状態では"):
        decide(place, place.office.head, made)


def decide(place, staff, made, decision=APPROVED, reason=""):
    place.service(staff).decide(made.list_id, made.content_hash, decision, reason)


def test_nobody_approves_an_own_list(place):
    both = with_role(place, place.office.records, Role.SECTION_HEAD)
    made = place.draw_up()
    with pytest.raises(NotPermittedError, match="自分が作った"):
        decide(place, both, made)


def with_role(place, staff, role):
    with place.work() as session:
        row = StaffRole(
            office_id=staff.office_id,
            staff_id=staff.staff_id,
            role=role,
            valid_from=factories.LONG_AGO,
        )
        factories.add(session, row)
    return replace(staff, roles=staff.roles | {role})


def test_nobody_decides_both_steps(place):
    made = place.draw_up()
    decide(place, place.office.head, made)
    with pytest.raises(NotPermittedError, match="別の人"):
        decide(place, place.office.head, made)


def test_two_accounts_of_one_person_are_one_person(place):
    with place.work() as session:
        second = namesake(session, place.office.supervisor, Role.DIRECTOR)
        own = namesake(session, place.office.records, Role.SUPERVISOR)
    made = place.draw_up()
    with pytest.raises(
        NotPermittedError, match=r"作成した人と氏名・フリガナが同じ.*氏名の違う職員"
    ):
        decide(place, own, made)
    decide(place, place.office.supervisor, made)
    with pytest.raises(
        NotPermittedError, match=r"点検した人と氏名・フリガナが同じ.*氏名の違う職員"
    ):
        decide(place, second, made)


def test_after_a_namesake_was_refused_somebody_of_another_name_decides(place):
    with place.work() as session:
        second = namesake(session, place.office.supervisor, Role.DIRECTOR)
    made = place.draw_up()
    decide(place, place.office.supervisor, made)
    with pytest.raises(NotPermittedError, match="同姓同名"):
        decide(place, second, made)
    decide(place, place.office.head, made)
    assert place.listed(made.list_id).state is DisposalState.APPROVED


def test_the_second_step_is_a_heads(place):
    second = with_role(place, place.office.outsider, Role.SUPERVISOR)
    made = place.draw_up()
    decide(place, place.office.supervisor, made)
    with pytest.raises(NotPermittedError):
        decide(place, second, made)


def test_a_refusal_has_its_reason_and_ends_the_list(place):
    made = place.draw_up()
    with pytest.raises(ValidationError):
        decide(place, place.office.supervisor, made, REJECTED, "　")
    decide(place, place.office.supervisor, made, REJECTED, "返還金の確認が要ります")
    refused = place.listed(made.list_id)
    assert (refused.state, refused.steps[0].reason) == (
        DisposalState.REJECTED,
        "返還金の確認が要ります",
    )
    with pytest.raises(ConflictError):
        decide(place, place.office.head, made)


def test_only_its_author_takes_a_list_back(place):
    made = place.approve(place.draw_up())
    with pytest.raises(NotPermittedError, match="作成した本人"):
        place.service(place.second_records).withdraw(made.list_id)
    place.records.withdraw(made.list_id)
    with pytest.raises(ConflictError):
        place.records.carry_out(made.list_id, made.content_hash)
