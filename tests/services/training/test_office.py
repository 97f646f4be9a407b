"""What the training office looks like: mix, people, names, and entries as the services would have stored them."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.households import HouseholdState, HouseholdType
from desktop.domain.kana import has_variation_sequences
from desktop.domain.office import AssignmentKind
from desktop.domain.records import (
    EntryInput,
    EntryOrigin,
    EntryState,
    MetPerson,
    Promise,
    Segment,
    SegmentKind,
    body_text,
    measure_body,
)
from desktop.domain.records_content import entry_hash
from desktop.domain.roles import Role
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.households import Household, HouseholdKey, Person
from desktop.models.office import Assignment, Staff, StaffRole
from desktop.models.records import (
    Contact,
    ContactMet,
    ContactStaff,
    EntryRecord,
    EntryVersion,
    PromiseRow,
    PromiseText,
    SegmentText,
)
from desktop.services.sign_in import SignIn
from desktop.services.training.allotment import FULL_DISTRICT, allot
from desktop.services.training.families import FamilyMaker
from desktop.services.training.ids import IdMaker
from desktop.services.training.names import NameBook
from desktop.services.training.staffing import Staffing
from desktop.services.training.towns import Towns
from tests.services.training.conftest import TODAY
from tests.support.factories import at


@pytest.fixture
def session(office):
    with Session(office.engine) as session:
        yield session


def input_of(session: Session, record: EntryRecord) -> EntryInput:
    """The entry as the editor would hand it in."""
    contact = session.get_one(Contact, record.contact_id)
    met = session.scalars(
        select(ContactMet).where(ContactMet.contact_id == contact.id).order_by(ContactMet.id)
    )
    went = session.scalars(
        select(ContactStaff.staff_id).where(ContactStaff.contact_id == contact.id)
    )
    segments = session.scalars(
        select(SegmentText)
        .where(SegmentText.entry_id == record.id, SegmentText.version == record.version)
        .order_by(SegmentText.position)
    )
    promises = session.execute(
        select(PromiseRow, PromiseText)
        .join(PromiseText, PromiseText.promise_id == PromiseRow.id)
        .where(PromiseRow.entry_id == record.id)
    )
    return EntryInput(
        entry_id=record.id,
        household_id=record.household_id,
        shown_version=record.version,
        kind=record.kind,
        event_on=record.event_on,
        started_at=contact.started_at,
        ended_at=contact.ended_at,
        method=contact.method,
        place=contact.place,
        result_code=contact.result_code,
        has_danger_signs=contact.has_danger_signs,
        met=tuple(MetPerson(label=m.label, person_id=m.person_id) for m in met),
        went=tuple(went),
        segments=tuple(
            Segment(segment_id=s.segment_id, kind=s.kind, text=s.text, source=s.source)
            for s in segments
        ),
        promises=tuple(
            Promise(promise_id=p.id, who=t.who, what=t.what, due_on=p.due_on) for p, t in promises
        ),
        relates_to=record.relates_to,
    )


def test_entries_carry_the_hash_and_measures_that_the_service_would_store(session) -> None:
    records = session.scalars(
        select(EntryRecord).where(EntryRecord.origin == EntryOrigin.OFFICE)
    ).all()
    assert len(records) > 200
    for record in records:
        given = input_of(session, record)
        measure = measure_body(body_text(given.segments))
        assert record.content_hash == entry_hash(given)
        assert (record.body_length, record.body_digest, record.body_sketch) == (
            measure.length,
            measure.digest,
            measure.sketch,
        )
        assert record.body_is_set_phrase is measure.is_set_phrase


def test_approvals_name_the_version_and_hash_of_their_entry(session) -> None:
    wrong = session.scalar(
        select(func.count())
        .select_from(Approval)
        .outerjoin(
            EntryVersion,
            (EntryVersion.entry_id == Approval.subject_id)
            & (EntryVersion.version == Approval.root_version),
        )
        .where(
            Approval.subject_kind == "entry",
            EntryVersion.content_hash.is_(None)
            | (EntryVersion.content_hash != Approval.content_hash),
        )
    )
    assert wrong == 0


def test_nobody_stamped_his_own(session) -> None:
    own = select(func.count()).select_from(ApprovalStep).join(Approval)
    assert session.scalar(own.where(ApprovalStep.decided_by == Approval.author_id)) == 0


def test_instants_are_in_order_and_past(session) -> None:
    now = at(TODAY)
    for approval in session.scalars(select(Approval)):
        assert approval.submitted_at < now
        assert approval.decided_at is None or approval.submitted_at < approval.decided_at < now
    written = select(func.max(EntryRecord.event_on), func.max(EntryRecord.recorded_at))
    day, instant = session.execute(written).one()
    assert day < TODAY
    assert instant < now


def test_an_absence_and_a_telephone_call_are_no_visit(session) -> None:
    for contact in session.scalars(select(Contact).where(Contact.is_home_visit)):
        assert contact.result_code in {"11", "12", "13", "14"}
    absent = session.scalars(select(Contact).where(Contact.is_absence)).all()
    assert absent
    assert not any(contact.is_home_visit for contact in absent)


def test_old_records_are_read_only_and_new_ones_have_parts(session) -> None:
    counts = Counter(
        (r.origin, r.state) for r in session.execute(select(EntryRecord.origin, EntryRecord.state))
    )
    assert counts[EntryOrigin.LEGACY, EntryState.APPROVED] > 1000
    assert {state for origin, state in counts if origin is EntryOrigin.LEGACY} == {
        EntryState.APPROVED
    }
    ours = {state for origin, state in counts if origin is EntryOrigin.OFFICE}
    assert ours >= {EntryState.DRAFT, EntryState.SUBMITTED, EntryState.APPROVED}
    kinds = set(session.scalars(select(SegmentText.kind)))
    assert kinds >= set(SegmentKind) - {SegmentKind.REASON}


def test_no_slot_is_left_in_a_text(session) -> None:
    texts = [*session.scalars(select(SegmentText.text)), *session.scalars(select(PromiseText.what))]
    assert not [text for text in texts if set(text) & set("{}｛｝@#｜")]
    assert not [text for text in texts if not text.strip()]


def test_there_is_an_account_for_every_role(office) -> None:
    accounts = SignIn(UnitOfWork(office.engine), FixedClock(at(TODAY))).accounts()
    logins = {account.login for account in accounts}
    assert {
        "cw01",
        "sv01",
        "kacho",
        "shocho",
        "kiroku",
        "admin",
        "shuro",
        "hoken",
        "mensetsu",
    } <= logins
    first = next(account for account in accounts if account.login == "sv01")
    assert first.role_label == "地区担当員・査察指導員"


def test_every_household_has_a_supervisor_and_all_roles_are_held(session) -> None:
    roles = set(session.scalars(select(StaffRole.role)))
    # An auditor would have nothing to see: the training office keeps no audit trail.
    assert roles >= set(Role) - {Role.ASSISTANT_HEAD, Role.AUDITOR}
    supervised = select(func.count(Assignment.district_id.distinct()))
    assert session.scalar(supervised.where(Assignment.kind == AssignmentKind.SUPERVISOR)) == 3
    logins = list(session.scalars(select(Staff.name)))
    assert len(logins) == len(set(logins))


def test_all_states_of_a_case_occur(session) -> None:
    assert set(session.scalars(select(Household.state))) == set(HouseholdState)
    reopened = (
        select(Person.id)
        .join_from(Person, Household, Household.head_name == Person.name)
        .where(Household.state == HouseholdState.CLOSED)
    )
    assert session.scalars(reopened).first() is not None
    assert session.scalar(select(func.count()).where(Person.died_on.is_not(None))) == 1


def test_a_shielded_household_shows_no_name_to_the_office(session) -> None:
    shielded = session.scalars(select(Household).where(Household.is_shielded)).all()
    assert shielded
    for household in shielded:
        assert (household.head_name, household.head_kana) == ("", "")
        words = set(
            session.scalars(
                select(HouseholdKey.word).where(HouseholdKey.household_id == household.id)
            )
        )
        assert words <= {household.case_number, household.case_number.lstrip("0")}


def test_the_mix_of_household_types_and_names() -> None:
    maker = FamilyMaker(IdMaker(1, TODAY), NameBook(), TODAY)
    families = [maker.family(Random(f"x{n}"), n, in_institution=False) for n in range(6000)]
    shares = Counter(family.type for family in families)
    assert 0.53 < shares[HouseholdType.ELDERLY] / 6000 < 0.58
    assert 0.025 < shares[HouseholdType.MOTHER_CHILD] / 6000 < 0.05
    people = sum(len(family.places) for family in families) / 6000
    assert 1.15 < people < 1.27
    names = [family.head.name.name for family in families]
    assert any(has_variation_sequences(name) for name in names)
    assert any("𠮷" in name for name in names)
    assert any("髙﨑" in name for name in names)
    assert any(name.isascii() for name in names)
    assert Counter(names).most_common(1)[0][1] > 20


def test_ages_suit_the_types() -> None:
    maker = FamilyMaker(IdMaker(1, TODAY), NameBook(), TODAY)
    for number in range(2000):
        family = maker.family(Random(f"y{number}"), number, in_institution=False)
        ages = [place.person.age(TODAY) for place in family.places]
        match family.type:
            case HouseholdType.ELDERLY:
                assert min(ages) >= 65
            case HouseholdType.MOTHER_CHILD:
                assert 19 <= ages[0] <= 48
                assert all(age < 18 for age in ages[1:])
            case _:
                assert 20 <= ages[0] < 65


@pytest.mark.parametrize("households", [30, 31, 100, 240, 999, 3000, 20_000])
def test_districts_keep_their_sizes(households: int) -> None:
    dealt = allot(households, 1)
    sizes = Counter(dealt.district)
    for index in range(dealt.ordinary):
        quota = dealt.quotas[index] if index < len(dealt.quotas) else FULL_DISTRICT
        assert sizes[index] <= quota
    if households >= 240:
        assert dealt.quotas[-1] == FULL_DISTRICT == sizes[len(dealt.quotas) - 1]
        assert all(sizes[n] > FULL_DISTRICT for n in range(len(dealt.quotas) - 1))


@pytest.mark.parametrize("ordinary", [1, 3, 89, 90, 1450])
def test_codes_and_logins_are_unique_in_any_size(ordinary: int) -> None:
    staffing = Staffing(IdMaker(1, TODAY), NameBook(), Towns(1), TODAY, 1)
    staffing.build(ordinary)
    codes = [district.code for district in staffing.districts]
    assert len(codes) == len(set(codes)) == ordinary + 3
    assert sorted(codes) == codes
    for what in ("login", "name", "id"):
        found = [getattr(officer, what) for officer in staffing.officers]
        assert len(found) == len(set(found))
