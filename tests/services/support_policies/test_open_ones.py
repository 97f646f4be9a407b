"""One policy of a household at a time: the open one is written on, a second one is refused, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.support_policies import PolicyState
from desktop.models.office import Assignment, Staff, StaffAbsence
from desktop.models.support_policies import SupportPolicyRecord
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.policies import written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def colleague(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


def left(office: SmallOffice, table, column, value) -> None:
    """The caseworker is no longer there, or no longer in charge, from today on."""
    with office.work() as session:
        session.execute(
            update(table).where(column == office.caseworker.staff_id).values({value: _YESTERDAY})
        )


_YESTERDAY = factories.TODAY - timedelta(days=1)


def test_an_own_open_policy_is_written_on(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    begun = caseworker.policies.begin(office.household_id)
    assert (begun.policy_id, begun.shown_version) == (saved.policy_id, 1)
    assert begun.situation == "単身で暮らしている。"


def test_where_none_is_open_a_new_one_begins(office, caseworker):
    begun = caseworker.policies.begin(office.household_id)
    assert begun.shown_version == 0


def test_a_second_one_is_refused_with_a_sentence(office, caseworker):
    second = written(caseworker, office.household_id)
    caseworker.policies.save(written(caseworker, office.household_id))
    with pytest.raises(NotPermittedError, match="書きかけの援助方針があります"):
        caseworker.policies.save(second)


def test_one_that_waits_for_its_approval_stands_in_the_way(office, caseworker, colleague):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    caseworker.policies.submit(saved.policy_id, saved.version)
    for desk in (caseworker, colleague):
        with pytest.raises(NotPermittedError, match="決裁待ちです"):
            desk.policies.begin(office.household_id)
        with pytest.raises(NotPermittedError, match="決裁待ちです"):
            desk.policies.save(written(desk, office.household_id))


def test_a_colleagues_draft_stands_in_the_way(office, caseworker, colleague):
    caseworker.policies.save(written(caseworker, office.household_id))
    sentence = f"{office.caseworker.name}さんがこの世帯の援助方針を書いています"
    with pytest.raises(NotPermittedError, match=sentence):
        colleague.policies.begin(office.household_id)
    with pytest.raises(NotPermittedError, match=sentence):
        colleague.policies.save(written(colleague, office.household_id))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [(Staff, Staff.id, "active_to"), (Assignment, Assignment.staff_id, "valid_to")],
    ids=["has left the office", "has another district"],
)
def test_a_draft_of_somebody_who_is_gone_stands_in_nobodys_way(
    office, caseworker, colleague, table, column, value
):
    caseworker.policies.save(written(caseworker, office.household_id))
    left(office, table, column, value)
    saved = colleague.policies.save(colleague.policies.begin(office.household_id))
    assert saved.state is PolicyState.DRAFT


def test_a_draft_of_somebody_on_leave_stands_in_nobodys_way(office, caseworker, colleague):
    caseworker.policies.save(written(caseworker, office.household_id))
    with office.work() as session:
        session.add(
            StaffAbsence(
                id=new_id(),
                office_id=office.caseworker.office_id,
                staff_id=office.caseworker.staff_id,
                valid_from=_YESTERDAY,
            )
        )
    assert colleague.policies.begin(office.household_id).shown_version == 0


def test_old_data_with_two_open_ones_can_be_written_on(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    with office.work() as session:  # as an import or a database of before would hold them
        row = session.get_one(SupportPolicyRecord, saved.policy_id)
        session.add(
            SupportPolicyRecord(
                id=new_id(),
                office_id=row.office_id,
                household_id=row.household_id,
                kind=row.kind,
                state=PolicyState.DRAFT,
                made_on=row.made_on,
                author_id=row.author_id,
                saved_at=row.saved_at,
                version=1,
                gaps=0,
            )
        )
    draft = caseworker.policies.draft(saved.policy_id)
    assert caseworker.policies.save(replace(draft, situation="書き足した。")).version == 2
