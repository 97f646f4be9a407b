"""The training office has fixed accounts: looked at, never changed."""

from __future__ import annotations

import pytest

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import RoleSpan
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.services.accounts import AccountService
from desktop.services.own_password import OwnPassword
from tests.support import factories
from tests.support.factories import CLOCK, TODAY


@pytest.fixture
def work(fresh_databases, tmp_path):
    with fresh_databases.sqlite(tmp_path) as url:
        engine = make_engine(url)
        yield UnitOfWork(engine)
        engine.dispose()


def test_people_are_listed_and_every_change_is_refused_with_a_sentence(work):
    with work() as session:
        person = factories.make_staff(session, Role.ADMINISTRATOR)
        staff = factories.signed_in(session, person)
    service = AccountService(work, CLOCK, staff)
    assert [row.login for row in service.people()] == [staff.login]
    assert service.waiting() == ()
    for act in (
        lambda: service.retire(staff.login),
        lambda: service.reset_password(staff.login),
        lambda: service.decide(new_id(), approve=True),
        lambda: service.give_role("x", RoleSpan(role=Role.AUDITOR, valid_from=TODAY)),
        lambda: OwnPassword(work).change("midori-no-oka-1", "midori-no-oka-1"),
    ):
        with pytest.raises(UserError, match="研修用"):
            act()
    assert OwnPassword(work).news() == ()
