"""Records that read nearly the same, as the supervisor is asked about them; both databases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop.domain.office import AssignmentKind
from desktop.domain.policy_events import Impact
from desktop.domain.reading import Purpose
from desktop.domain.records import MetPerson, SegmentKind
from desktop.domain.review import EntryCard
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import District, Office, Staff
from desktop.viewmodels.likenesses import likeness_line, likeness_question
from tests.services.test_main_job import written
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import (
    CLOCK,
    assign,
    make_district,
    make_household,
    make_person,
    make_staff,
    signed_in,
)

TODAY = CLOCK.today()
LONG = (
    "居室で世帯主と面接した。長男が春から専門学校に通うことになり、学費の相談をしていた。"
    "冷蔵庫が壊れたため、食材は毎日買いに出ている。ベランダの鉢植えは花が咲いていた。"
)
TICKED = (
    "室内は片付いている（目で見て確認）。\n受け取った書類はない。\n"
    "話の行き違いはない（目で見て確認）。\n冷暖房を使っている（目で見て確認）。"
)


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another household."""

    id: UUID
    head_id: UUID
    case_number: str


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def another(office: SmallOffice, *, far: bool = False) -> Other:
    """A further household of the caseworker: of the same district, or of one that another supervisor looks after."""
    with office.work() as session:
        home = session.get_one(
            District, session.get_one(Household, office.household_id).district_id
        )
        district = home
        if far:
            district = make_district(session, session.get_one(Office, home.office_id))
            worker = session.get_one(Staff, office.caseworker.staff_id)
            assign(session, worker, district, AssignmentKind.MAIN)
        head = make_person(session, session.get_one(Office, home.office_id), name="試作 次郎")
        household = make_household(session, district=district, head=head)
        return Other(id=household.id, head_id=head.id, case_number=household.case_number)


def wrote(office: SmallOffice, by: Desk, text: str, elsewhere: Other | None = None) -> UUID:
    """An entry handed in; its submission."""
    given = written(office, by, text, started_at=None, ended_at=None)
    if elsewhere is not None:
        blank = by.records.blank(elsewhere.id, "home_visit")
        given = replace(
            given,
            entry_id=blank.entry_id,
            household_id=elsewhere.id,
            met=(MetPerson(label="試作 次郎", person_id=elsewhere.head_id),),
            segments=tuple(
                replace(s, text=text if s.kind is SegmentKind.FACTS else s.text)
                for s in blank.segments
            ),
        )
    saved = by.records.save(given)
    return by.records.submit(saved.entry_id, saved.version, Impact.NONE)


def likenesses(office: SmallOffice, approval_id: UUID):
    card = office.desk(office.supervisor).approvals.card(approval_id)
    assert isinstance(card.subject, EntryCard)
    return card.subject.likenesses


def test_a_record_that_reads_as_the_last_one_of_the_file_is_told_with_its_passage(
    office, caseworker
):
    wrote(office, caseworker, LONG)
    (one,) = likenesses(office, wrote(office, caseworker, LONG.replace("花", "つぼみ")))
    assert one.percent >= 90
    assert one.case_number == ""
    assert one.part is SegmentKind.FACTS
    assert one.passage in LONG
    assert one.other.text(SegmentKind.FACTS) == LONG


def test_a_record_that_reads_otherwise_is_not_told(office, caseworker):
    wrote(office, caseworker, LONG)
    other = "玄関先で次女と話した。世帯主は入院しており、洗濯物を届けに行くところだった。" * 2
    assert likenesses(office, wrote(office, caseworker, other)) == ()


def test_a_record_of_another_household_by_the_same_author_is_told_and_its_file_opened(
    office, caseworker
):
    other = another(office)
    wrote(office, caseworker, LONG, other)
    (one,) = likenesses(office, wrote(office, caseworker, LONG))
    assert (one.case_number, one.percent) == (other.case_number, 100)
    assert one.other.household_id == other.id
    assert one.other.text(SegmentKind.FACTS) == LONG
    with office.work() as session:
        opened = session.execute(
            select(Ticket.purpose, TicketHousehold.household_id)
            .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
            .where(Ticket.staff_id == office.supervisor.staff_id)
        ).all()
    assert (Purpose.QUEUE, office.household_id) in opened
    assert (Purpose.FILE, other.id) in opened
    assert (Purpose.QUEUE, other.id) not in opened


def test_a_household_beyond_the_reader_s_duty_is_neither_opened_nor_told(office, caseworker):
    other = another(office, far=True)
    desk = office.desk(_again(office))
    wrote(office, desk, LONG, other)
    assert likenesses(office, wrote(office, caseworker, LONG)) == ()


def test_the_same_words_of_another_author_are_told_within_the_duty(office, caseworker):
    other = another(office)
    colleague = office.desk(_colleague(office))
    wrote(office, colleague, LONG, other)
    (one,) = likenesses(office, wrote(office, caseworker, LONG))
    assert (one.case_number, one.percent, one.is_by_another) == (other.case_number, 100, True)
    assert "別の職員が書いたもの" in likeness_line(one)
    assert other.case_number not in likeness_question(one)
    with office.work() as session:
        opened = session.execute(
            select(Ticket.purpose)
            .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
            .where(
                Ticket.staff_id == office.supervisor.staff_id,
                TicketHousehold.household_id == other.id,
            )
        )
        assert opened.scalars().all() == [Purpose.FILE]


def test_of_another_author_only_the_very_same_words_are_told(office, caseworker):
    wrote(office, office.desk(_colleague(office)), LONG.replace("花", "つぼみ"), another(office))
    assert likenesses(office, wrote(office, caseworker, LONG)) == ()


def test_the_same_words_of_another_author_beyond_the_duty_stay_closed(office, caseworker):
    other = another(office, far=True)
    with office.work() as session:
        worker = make_staff(session, Role.CASEWORKER, office=_home(session, office))
        for household_id in (other.id, office.household_id):
            district_id = session.get_one(Household, household_id).district_id
            district = session.get_one(District, district_id)
            assign(session, worker, district, AssignmentKind.DEPUTY)
        colleague = signed_in(session, worker)
    wrote(office, office.desk(colleague), LONG, other)
    assert likenesses(office, wrote(office, caseworker, LONG)) == ()


def test_sentences_of_ticks_are_no_likeness_and_are_left_out(office, caseworker):
    other = another(office)
    wrote(office, caseworker, TICKED, other)
    wrote(office, caseworker, TICKED)
    assert likenesses(office, wrote(office, caseworker, TICKED)) == ()
    own = f"{TICKED}\n{LONG}"
    wrote(office, caseworker, own)
    (one,) = likenesses(office, wrote(office, caseworker, own))
    assert one.percent == 100
    assert one.left_out == len("".join(TICKED.split()))


def _again(office: SmallOffice):
    """The caseworker signed in after a further district was assigned."""
    with office.work() as session:
        return signed_in(session, session.get_one(Staff, office.caseworker.staff_id))


def _home(session: Session, office: SmallOffice) -> Office:
    return session.get_one(Office, office.caseworker.office_id)


def _colleague(office: SmallOffice):
    """Another caseworker of the same district."""
    with office.work() as session:
        worker = make_staff(session, Role.CASEWORKER, office=_home(session, office))
        district_id = session.get_one(Household, office.household_id).district_id
        assign(session, worker, session.get_one(District, district_id), AssignmentKind.DEPUTY)
        return signed_in(session, worker)
