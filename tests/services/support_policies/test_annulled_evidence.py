"""A policy whose evidence was annulled is neither handed in nor approved; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, update

from desktop.domain.approvals import ApprovalState, Move
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.support_policies import ANNULLED_EVIDENCE
from desktop.models.records import EntryRecord
from desktop.models.support_policies import PolicyIssue
from tests.services.support_policies.test_support_policies import approve
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.policies import evidence_of, issue, recorded, written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def saved(office: SmallOffice, caseworker: Desk):
    recorded(caseworker, office.household_id, "薬が半分残っていた。")
    evidence = evidence_of(caseworker, office.household_id, "半分残っていた")
    return caseworker.policies.save(
        written(caseworker, office.household_id, issue(evidence=(evidence,)))
    )


def annul(office: SmallOffice) -> None:
    with office.work() as session:
        session.execute(update(EntryRecord).values(is_annulled=True))


def test_it_is_not_handed_in(office, caseworker, saved):
    annul(office)
    with pytest.raises(ConflictError, match=ANNULLED_EVIDENCE):
        caseworker.policies.submit(saved.policy_id, saved.version)


def test_it_is_not_approved_but_can_be_returned(office, caseworker, saved):
    caseworker.policies.submit(saved.policy_id, saved.version)
    assert approve(office.desk(office.supervisor)) is ApprovalState.WAITING
    annul(office)
    with pytest.raises(ConflictError, match=ANNULLED_EVIDENCE):
        approve(office.desk(office.head))
    assert approve(office.desk(office.head), Move.RETURN) is ApprovalState.RETURNED


def test_with_valid_evidence_it_is_approved(office, caseworker, saved):
    caseworker.policies.submit(saved.policy_id, saved.version)
    approve(office.desk(office.supervisor))
    assert approve(office.desk(office.head)) is ApprovalState.APPROVED


@pytest.mark.parametrize(
    "emptied", [{"text": ""}, {"standing": "ended", "result": ""}], ids=("text", "result")
)
def test_an_empty_line_is_not_handed_in(office, caseworker, saved, emptied):
    with office.work() as session:
        session.execute(update(PolicyIssue).values(**emptied))
    with pytest.raises(ValidationError) as caught:
        caseworker.policies.submit(saved.policy_id, saved.version)
    assert "issues" in caught.value.fields
