from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.master_tables import MASTER_TABLES
from desktop.domain.masters import MasterInput
from desktop.domain.roles import Role
from desktop.models.masters import MasterValue
from desktop.services.masters.service import MastersService
from tests.support.factories import CLOCK, TODAY, days_ago, make_office, make_staff, signed_in
from tests.support.people import work_of
from tests.support.seeding import seed_at_once

TOMORROW = TODAY + timedelta(days=1)


def service_of(engine, staff):
    return MastersService(work_of(UnitOfWork(engine), staff, CLOCK), CLOCK, staff)


@pytest.fixture
def people(engine):
    """Services of an administrator, a section head, and one person who is both."""
    with Session(engine) as session, session.begin():
        office = make_office(session)
        seed_at_once(session, office.id)
        roles = {
            "admin": (Role.ADMINISTRATOR,),
            "head": (Role.SECTION_HEAD,),
            "both": (Role.ADMINISTRATOR, Role.SECTION_HEAD),
            "caseworker": (Role.CASEWORKER,),
        }
        return {
            name: service_of(engine, signed_in(session, make_staff(session, *held, office=office)))
            for name, held in roles.items()
        }


def limit(number=10, **changes):
    values: dict[str, Any] = {
        "table": "thresholds",
        "key": "r02_days",
        "valid_from": TOMORROW,
        "value": {"label": "押印のない日数", "number": number, "unit": "日"},
        "source": "架空市処務規程",
        "confirmed": True,
    }
    return MasterInput(**values | changes)


def number(service, on):
    return service.in_force("thresholds", on)["r02_days"]["number"]


def refused(service, given):
    with pytest.raises(ValidationError) as caught:
        service.propose(given)
    return caught.value.fields


def test_a_second_person_puts_a_proposal_in_force(people):
    row_id = people["admin"].propose(limit())
    assert number(people["admin"], TOMORROW) == 14

    people["head"].approve(row_id)

    assert number(people["head"], TODAY) == 14
    assert number(people["head"], TOMORROW) == 10


def test_nobody_approves_what_he_entered(people):
    row_id = people["both"].propose(limit())

    with pytest.raises(NotPermittedError):
        people["both"].approve(row_id)
    assert number(people["head"], TOMORROW) == 14


def test_the_table_itself_refuses_one_person_as_both(engine, people):
    staff = people["both"].staff
    row = MasterValue(
        office_id=staff.office_id,
        table_name="thresholds",
        key="r02_days",
        valid_from=TODAY,
        value={},
        entered_by=staff.staff_id,
        entered_at=CLOCK.now(),
        approved_by=staff.staff_id,
        approved_at=CLOCK.now(),
    )
    with Session(engine) as session:
        session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()


def test_a_decision_is_made_once(people):
    row_id = people["admin"].propose(limit())
    people["head"].approve(row_id)

    for late in (people["head"].approve, people["head"].reject):
        with pytest.raises(ConflictError):
            late(row_id)


def test_a_refused_proposal_stays_visible_and_does_not_count(people):
    row_id = people["admin"].propose(limit())
    people["head"].reject(row_id)

    assert number(people["head"], TOMORROW) == 14
    row = next(r for r in people["head"].rows("thresholds") if r.row_id == row_id)
    assert row.rejected_at == CLOCK.now()
    people["admin"].propose(limit())


def test_whoever_entered_it_may_take_it_back_and_no_other(people):
    row_id = people["admin"].propose(limit())
    with pytest.raises(NotPermittedError):
        people["caseworker"].reject(row_id)
    people["admin"].reject(row_id)


def test_one_change_of_a_key_at_a_time(people):
    people["admin"].propose(limit())
    assert "key" in refused(people["admin"], limit(11))


def test_the_past_changes_only_when_it_says_so(people):
    yesterday = limit(valid_from=days_ago(1))
    assert "valid_from" in refused(people["admin"], yesterday)

    row_id = people["admin"].propose(
        limit(valid_from=days_ago(1), source="遡及：規程改正の反映が遅れたため")
    )
    people["head"].approve(row_id)
    assert number(people["head"], days_ago(1)) == 10
    assert number(people["head"], days_ago(2)) == 14


def test_a_row_before_a_newer_one_says_so(people):
    people["head"].approve(people["admin"].propose(limit(valid_from=TODAY + timedelta(days=30))))

    assert "valid_from" in refused(people["admin"], limit(12))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": {"label": "x", "number": -1}}, "number"),
        ({"value": {"label": "x", "number": True}}, "number"),
        ({"value": {"label": " ", "number": 1}}, "label"),
        ({"key": "r99_days"}, "key"),
        ({"key": " "}, "key"),
        ({"is_retired": True}, "key"),
        ({"source": ""}, "source"),
        ({"table": "holidays", "key": "2024-13-01", "value": {"label": "架空の日"}}, "key"),
        (
            {"table": "routes", "key": "entry", "value": {"label": "x", "positions": []}},
            "positions",
        ),
        (
            {
                "table": "routes",
                "key": "entry",
                "value": {"label": "x", "positions": ["caseworker"]},
            },
            "positions",
        ),
        (
            {
                "table": "routes",
                "key": "entry.nothing",
                "value": {"label": "x", "positions": ["supervisor"]},
            },
            "key",
        ),
        ({"table": "templates", "key": "other", "value": {"facts": "{個人番号}"}}, "facts"),
        ({"table": "readings", "key": "くすり", "value": {"reading": "くすり"}}, "key"),
        ({"table": "readings", "key": "薬", "value": {"reading": "クスリ"}}, "reading"),
        (
            {
                "table": "other_programmes",
                "key": "old",
                "value": {"label": "年金", "from_age": 65, "to_age": 60},
            },
            "to_age",
        ),
        ({"table": "wording", "key": "架空語", "value": {}}, "hint"),
        ({"table": "nothing"}, "table"),
    ],
)
def test_what_cannot_be_taken_is_named_by_field(people, changes, field):
    assert field in refused(people["admin"], limit(**changes))


def test_an_entry_kind_uses_result_codes_that_exist(people):
    home = dict(people["admin"].in_force("entry_kinds", TODAY)["home_visit"])

    def kind(**changes):
        return limit(table="entry_kinds", key="home_visit", value=home | changes)

    assert "result_codes" in refused(people["admin"], kind(result_codes=["11", "77"]))
    assert "default_result" in refused(people["admin"], kind(default_result="31"))
    assert "method" in refused(people["admin"], kind(method="pigeon"))
    people["admin"].propose(kind(label="訪問"))


def test_only_the_permitted_propose_and_approve(people):
    with pytest.raises(NotPermittedError):
        people["head"].propose(limit())
    row_id = people["admin"].propose(limit())
    for name in ("admin", "caseworker"):
        with pytest.raises(NotPermittedError):
            people[name].approve(row_id)


def test_rows_name_who_and_the_newest_first(people):
    people["head"].approve(people["admin"].propose(limit()))

    rows = [r for r in people["admin"].rows("thresholds") if r.key == "r02_days"]

    assert [r.valid_from for r in rows] == sorted((r.valid_from for r in rows), reverse=True)
    assert (rows[0].entered_by, rows[0].approved_by) == (
        people["admin"].staff.name,
        people["head"].staff.name,
    )
    assert rows[0].entered_by_me
    assert rows[1].entered_by == "初期値"
    assert not rows[1].confirmed


def test_every_table_is_offered_and_another_offices_row_is_out_of_reach(engine, people):
    assert {t.name for t in people["caseworker"].tables()} == set(MASTER_TABLES)
    with Session(engine) as session, session.begin():
        stranger = make_staff(session, Role.SECTION_HEAD, office=make_office(session))
        service = service_of(engine, signed_in(session, stranger))
    with pytest.raises(UserError):
        service.approve(people["admin"].propose(limit()))
