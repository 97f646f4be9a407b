"""Support policies that read nearly the same, as whoever approves them is asked about them; both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from desktop.domain.office import AssignmentKind
from desktop.domain.reading import Purpose
from desktop.domain.review import PolicyCard
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import District, Office, Staff
from desktop.viewmodels.likenesses import likeness_line, likeness_question
from tests.services.support_policies.test_support_policies import in_force
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import (
    assign,
    make_district,
    make_household,
    make_person,
    signed_in,
)
from tests.support.policies import issue, written

SITUATION = "長男と二人で暮らしている。春に退院してから外出は週に一度の買物だけで、近所の人が声をかけている。"
FACT = "薬の袋が台所に三つ残っており、朝の分だけ減っていた。"


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def another(office: SmallOffice, *, far: bool = False) -> tuple[Household, Desk]:
    """A further household of the caseworker, in a district that another supervisor looks after when `far`; and who writes there."""
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        first = session.get_one(Household, office.household_id)
        district = session.get_one(District, first.district_id)
        worker = session.get_one(Staff, office.caseworker.staff_id)
        if far:
            district = make_district(session, home)
            assign(session, worker, district, AssignmentKind.MAIN)
        head = make_person(session, home, name="試作 次郎")
        household = make_household(session, district=district, head=head)
        writer = signed_in(session, worker)
    return household, office.desk(writer)


def handed_in(desk: Desk, household_id, **changes):
    """A policy handed in."""
    given = written(desk, household_id, issue("服薬が続いていない", fact=FACT))
    saved = desk.policies.save(replace(given, situation=SITUATION, **changes))
    return desk.policies.submit(saved.policy_id, saved.version)


def card(office: SmallOffice, household_id) -> PolicyCard:
    """The newest submission of the household, before the supervisor."""
    desk = office.desk(office.supervisor)
    rows = [row for row in desk.approvals.queue() if row.household_id == household_id]
    subject = desk.approvals.card(rows[-1].approval_id).subject
    assert isinstance(subject, PolicyCard)
    return subject


def opened_by_supervisor(office: SmallOffice, household_id) -> list[str]:
    with office.work() as session:
        return list(
            session.scalars(
                select(Ticket.purpose)
                .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
                .where(
                    Ticket.staff_id == office.supervisor.staff_id,
                    TicketHousehold.household_id == household_id,
                )
            )
        )


def test_a_policy_of_another_household_with_the_same_words_is_told_and_its_file_opened(
    office, caseworker
):
    other, writer = another(office)
    handed_in(writer, other.id)
    handed_in(caseworker, office.household_id)
    (one,) = card(office, office.household_id).likenesses
    assert (one.case_number, one.percent, one.part) == (other.case_number, 100, "世帯の状況")
    assert one.passage in SITUATION
    assert one.other.household_id == other.id
    assert opened_by_supervisor(office, other.id) == [Purpose.FILE]
    line = likeness_line(one)
    assert f"ほかの世帯（{other.case_number}）の援助方針" in line
    assert "世帯の状況「" in line
    assert other.case_number not in likeness_question(one)


def test_a_policy_of_its_own_is_not_told(office, caseworker):
    other, writer = another(office)
    handed_in(writer, other.id)
    own = "単身で、日中は作業所に通っている。貯えは少ないが家計簿をつけ、月末まで暮らせている。" * 2
    saved = caseworker.policies.save(
        replace(
            written(caseworker, office.household_id, issue("就労", fact="面接に三回行った。")),
            situation=own,
        )
    )
    caseworker.policies.submit(saved.policy_id, saved.version)
    assert card(office, office.household_id).likenesses == ()


def test_beyond_the_readers_duty_nothing_is_opened_or_told(office, caseworker):
    other, writer = another(office, far=True)
    handed_in(writer, other.id)
    handed_in(caseworker, office.household_id)
    assert card(office, office.household_id).likenesses == ()
    assert opened_by_supervisor(office, other.id) == []


def test_somebodys_draft_of_another_household_is_not_told(office, caseworker):
    other, writer = another(office)
    given = written(writer, other.id, issue("服薬が続いていない", fact=FACT))
    writer.policies.save(replace(given, situation=SITUATION))
    handed_in(caseworker, office.household_id)
    assert card(office, office.household_id).likenesses == ()


def test_the_words_of_the_policy_before_are_told_once(office, caseworker):
    in_force(office, caseworker)
    before = caseworker.policies.in_force(office.household_id)
    begun = caseworker.policies.begin(office.household_id)
    saved = caseworker.policies.save(replace(begun, situation=before.situation))
    assert any("文章が" in check.sentence for check in caseworker.policies.checks(begun))
    caseworker.policies.submit(saved.policy_id, saved.version)
    read = card(office, office.household_id)
    (one,) = read.likenesses
    assert (one.case_number, one.other.policy_id, one.percent) == ("", before.policy_id, 100)
    assert "この世帯の前の援助方針" in likeness_line(one)
    assert not any("文章が" in check.sentence for check in read.checks)
