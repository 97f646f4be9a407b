"""Disposal from the list to the tombstone, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update

from desktop.database.disposal_order import OF_PERSONS, file_parts
from desktop.domain.carry_outs import CarryOutApproval, CarryOutReason, CarryOutState
from desktop.domain.disclosures import DisclosureState
from desktop.domain.disposal import (
    CLOSED_CASE,
    DISPOSED_NAME,
    DisposalDecision,
    DisposalState,
)
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.inquiries import InquiryState
from desktop.domain.papers import PaperState
from desktop.jobs.disposal import DisposalPaper
from desktop.models import Base
from desktop.models.carry_outs import CarryOutItem, CarryOutRecord
from desktop.models.disposal import DisposalItem, Tombstone
from desktop.models.households import Household, Member, Person
from desktop.models.inquiries import Inquiry
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.papers import PaperRecord
from desktop.models.records import EntryRecord, SegmentText
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from tests.reports.reading import page_texts
from tests.services.disposal.holding import hold, refusals
from tests.support import factories
from tests.support.disclosures import a_disclosure
from tests.support.disposal import (
    LONG_CLOSED,
    NAME,
    SECRET,
    confirm_years,
    head_of,
    old_office,
    reopen,
    waiting_approval,
)
from tests.support.factories import CLOCK, TODAY, add

APPROVED, REJECTED = DisposalDecision.APPROVED, DisposalDecision.REJECTED


@pytest.fixture
def place(engine):
    return old_office(engine)


def counts(place, household_id):
    """Rows of every table that names the household, but those that a disposal keeps."""
    with place.work() as session:
        found = {}
        for part in file_parts():
            table = Base.metadata.tables[part.name]
            where = table.c.household_id == household_id
            found[part.name] = session.scalar(select(func.count()).select_from(table).where(where))
        return {name: count for name, count in found.items() if count}


def test_who_may_go_is_told_with_reasons(place):
    found = refusals(place)
    assert {found[household] for household in place.old} == {""}
    assert "保存期間" in found[place.lately_closed]
    assert place.office.household_id not in found


def test_a_list_goes_its_way_and_the_file_is_gone(place):
    gone, *others = place.old
    before = counts(place, gone)
    assert {"entry", "segment", "contact", "approval", "member", "address_period"} <= set(before)
    assert {"attachment", "attachment_content"} <= set(before)
    assert {"issued_form", "issued_subject", "issued_file", "printed_issue"} <= set(before)
    assert before["issued_void_text"] == 1
    assert {"disclosure", "disclosure_text", "disclosure_mark", "disclosure_move"} <= set(before)
    kept = {household: counts(place, household) for household in others}
    made = place.draw_up(gone)
    assert (made.state, made.number, made.as_of) == (DisposalState.DRAWN_UP, 1, TODAY)
    assert [i.kept_until for i in made.items] == [date(2023, 3, 31)]
    approved = place.approve(made)
    assert [step.number for step in approved.steps] == [1, 2]
    assert place.records.carry_out(made.list_id, made.content_hash) == 1
    assert place.listed(made.list_id).state is DisposalState.CARRIED_OUT
    assert counts(place, gone) == {}
    assert {household: counts(place, household) for household in others} == kept
    assert_tombstone(place, gone, before)
    assert_nothing_says(place, gone)


def test_a_list_goes_to_paper_as_it_was_read(place, tmp_path):
    made = place.draw_up(place.old[0])
    form = place.records.form(made)
    assert form.row == made
    assert form.imprint.printed_by == place.office.records.name
    assert form.imprint.office_name == place.office.records.office_name
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    pages = DisposalPaper(place.records, lambda: fonts).save(made, tmp_path / "list")
    (text,) = page_texts((tmp_path / "list.pdf").read_bytes())
    assert pages == 1
    assert "第1号" in text


def assert_tombstone(place, gone, before):
    with place.work() as session:
        stone = session.scalars(select(Tombstone)).one()
        assert stone.household_id == gone
        assert (stone.retention_class, stone.closed_on) == (CLOSED_CASE, LONG_CLOSED)
        assert stone.protected_from == date(2010, 4, 1)
        assert (stone.checked_by, stone.approved_by) == (
            place.office.supervisor.staff_id,
            place.office.head.staff_id,
        )
        assert stone.carried_out_by == place.office.records.staff_id
        assert {name: n for name, n in stone.removed.items() if name not in OF_PERSONS} == before
        assert (stone.removed["person"], stone.removed["work_period"]) == (1, 1)
        assert len(stone.digest) == 64


def assert_nothing_says(place, gone):
    with place.work() as session:
        household = session.get_one(Household, gone)
        assert (household.head_name, household.head_kana) == (DISPOSED_NAME, "")
        assert household.sort_key == household.case_number
        texts = session.scalars(select(SegmentText.text)).all()
        assert [t == SECRET for t in texts].count(
            True
        ) == 3  # two old files and the one closed lately
        assert session.scalar(select(func.count()).where(Person.name == NAME)) == 3
    (stone,) = place.records.tombstones()
    assert stone.rows > 10


def test_a_file_gone_still_opens_and_shows_nothing(place):
    """Whoever answers the telephone finds the number, and learns that the file is gone."""
    made = place.approve(place.draw_up())
    place.records.carry_out(made.list_id, made.content_hash)
    desk = place.office.desk(place.office.caseworker)
    found = desk.households.open_file(place.old[0])
    assert (found.identity.head_name, found.members, found.facts) == (DISPOSED_NAME, (), ())
    assert desk.records.chronicle(place.old[0]) == ()


def test_a_file_gone_is_no_candidate_and_never_goes_twice(place):
    made = place.approve(place.draw_up())
    place.records.carry_out(made.list_id, made.content_hash)
    assert place.old[0] not in refusals(place)
    with pytest.raises(ConflictError, match="今の状態では"):
        place.records.carry_out(made.list_id, made.content_hash)
    with pytest.raises(ConflictError, match="廃止されていない"):
        place.draw_up(place.old[0])
    with pytest.raises(ConflictError, match="すでに廃棄"):
        hold(place, place.old[0])


def break_reopened(place, household):
    with place.work() as session:
        reopen(session, household)


def break_held(place, household):
    hold(place, household)


def break_years(place, _household):
    with place.work() as session:
        longer = {"label": "保護廃止ケース", "years": 10, "from_fiscal_year": True}
        confirm_years(session, place.office.records.office_id, value=longer)


def break_confirmed(place, _household):
    with place.work() as session:
        confirm_years(session, place.office.records.office_id, confirmed=False)


def break_in_approval(place, household):
    with place.work() as session:
        waiting_approval(session, household)


def break_open_paper(place, household):
    """A paper of the file is still under way."""
    with place.work() as session:
        session.execute(
            update(PaperRecord)
            .where(PaperRecord.household_id == household)
            .values(state=PaperState.JUDGED, settled_at=None)
        )


def break_open_disclosure(place, household):
    """Somebody asked for the record, and the copy has not been issued."""
    with place.work() as session:
        found = session.get_one(Household, household)
        person_id = session.scalar(select(Member.person_id).where(Member.household_id == household))
        made = DisclosureState.REVIEWED
        session.add(a_disclosure(found, person_id, place.office.records.staff_id, made))


def break_open_inquiry(place, household):
    """An inquiry of the file is still under way."""
    with place.work() as session:
        session.execute(
            update(Inquiry)
            .where(Inquiry.household_id == household)
            .values(state=InquiryState.DRAFTED)
        )


def break_carried(place, household):
    """Papers of the file were on a trip that the register (K-11) still keeps; its years are not confirmed either."""
    given = {"office_id": place.office.records.office_id}
    with place.work() as session:
        trip = CarryOutRecord(
            **given,
            fiscal_year=2016,
            number=1,
            staff_id=place.office.records.staff_id,
            reason=CarryOutReason.VISIT,
            leaving_at=CLOCK.now(),
            area="第1地区",
            households=1,
            sheets=1,
            protection="",
            is_masked=True,
            goes_home=False,
            approval=CarryOutApproval.NONE,
            state=CarryOutState.MADE,
            made_at=CLOCK.now(),
            destroyed=False,
        )
        add(session, trip)
        item = {"carry_out_id": trip.id, "household_id": household, "place": 1}
        session.add(CarryOutItem(**given, **item, with_place=False))


BROKEN = {
    "K-11": break_carried,
    "廃止されていない": break_reopened,
    "保留": break_held,
    "保存期間": break_years,
    "未確認": break_confirmed,
    "決裁中": break_in_approval,
    "受領書類": break_open_paper,
    "開示請求": break_open_disclosure,
    "照会": break_open_inquiry,
}


@pytest.mark.parametrize("words", BROKEN)
def test_what_may_not_go_is_refused_when_the_list_is_drawn_up(place, words):
    BROKEN[words](place, place.old[0])
    with pytest.raises(ConflictError, match=words):
        place.draw_up(place.old[0], place.old[1])
    assert place.records.lists() == ()


@pytest.mark.parametrize("words", BROKEN)
def test_what_may_not_go_any_more_is_refused_when_the_list_is_carried_out(place, words):
    """And with it the whole list: what two people approved is carried out as it stands, or not at all."""
    made = place.approve(place.draw_up(*place.old[:2]))
    BROKEN[words](place, place.old[0])
    before = counts(place, place.old[1])
    with pytest.raises(ConflictError, match=words):
        place.records.carry_out(made.list_id, made.content_hash)
    assert counts(place, place.old[1]) == before
    assert place.listed(made.list_id).state is DisposalState.APPROVED


def test_a_file_closed_lately_is_refused(place):
    with pytest.raises(ConflictError, match="1件あります（保存期間"):
        place.draw_up(place.old[0], place.lately_closed)


def test_a_household_closed_again_since_is_not_the_one_that_was_approved(place):
    made = place.approve(place.draw_up())
    with place.work() as session:
        closed = HouseholdStatePeriod.household_id == place.old[0]
        closed &= HouseholdStatePeriod.state == HouseholdState.CLOSED
        session.execute(
            update(HouseholdStatePeriod).where(closed).values(valid_from=date(2017, 12, 1))
        )
    with pytest.raises(ConflictError, match="違います"):
        place.records.carry_out(made.list_id, made.content_hash)


def test_a_household_stands_on_one_open_list(place):
    made = place.draw_up(place.old[0])
    with pytest.raises(ConflictError, match="ほかの廃棄簿"):
        place.draw_up(place.old[0])
    place.records.withdraw(made.list_id)
    assert place.draw_up(place.old[0]).number == 2


def test_an_empty_list_is_none(place):
    with pytest.raises(ValidationError):
        place.records.draw_up(())


def test_another_hash_is_another_list(place):
    made = place.draw_up()
    with pytest.raises(ConflictError, match="違います"):
        place.service(place.office.supervisor).decide(made.list_id, "0" * 64, APPROVED, "")


def test_a_household_added_to_an_approved_list_stops_it(place):
    made = place.approve(place.draw_up(place.old[0]))
    with place.work() as session:
        item = session.scalars(select(DisposalItem)).one()
        values = {c.name: getattr(item, c.name) for c in DisposalItem.__table__.columns}
        factories.add(session, DisposalItem(**values | {"household_id": place.old[1]}))
    with pytest.raises(ConflictError, match="違います"):
        place.records.carry_out(made.list_id, made.content_hash)


def test_a_person_of_another_file_stays(place):
    with place.work() as session:
        person = head_of(session, place.old[0])
        other = session.get_one(Household, place.office.household_id)
        key = {"office_id": other.office_id, "household_id": other.id, "person_id": person.id}
        factories.add(session, Member(**key, relation="child", is_head=False, valid_from=TODAY))
    made = place.approve(place.draw_up())
    place.records.carry_out(made.list_id, made.content_hash)
    with place.work() as session:
        assert session.get_one(Person, person.id).name == NAME
        assert "person" not in session.scalars(select(Tombstone)).one().removed


def test_records_of_other_files_lose_their_pointer(place):
    with place.work() as session:
        old = session.scalars(
            select(EntryRecord).where(EntryRecord.household_id == place.old[0])
        ).one()
        other = session.get_one(Household, place.office.household_id)
        pointing = factories.make_entry(session, other, relates_to=old.id, moved_to=old.id).id
    made = place.approve(place.draw_up())
    place.records.carry_out(made.list_id, made.content_hash)
    with place.work() as session:
        entry = session.get_one(EntryRecord, pointing)
        assert (entry.relates_to, entry.moved_to) == (None, None)


def test_an_application_that_led_to_nothing_has_years_of_its_own(place):
    with place.work() as session:
        received = HouseholdStatePeriod.household_id == place.old[0]
        received &= HouseholdStatePeriod.state == HouseholdState.RECEIVING
        session.execute(
            update(HouseholdStatePeriod).where(received).values(state=HouseholdState.APPLYING)
        )
    (item,) = place.draw_up(place.old[0]).items
    assert (item.retention_class, item.protected_from) == ("application_only", None)


def test_a_household_that_comes_back_goes_on_under_its_number(place):
    made = place.approve(place.draw_up())
    place.records.carry_out(made.list_id, made.content_hash)
    with place.work() as session:
        reopen(session, place.old[0])
    assert hold(place, place.old[0])
