"""What the former caseworker has still to finish: named before, kept on the own desk, asked for afterwards. On both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from desktop.database.engine import is_postgresql
from desktop.domain.approvals import Decision, Move
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    UnavailableError,
    UserError,
)
from desktop.domain.handover_sheets import Recipient
from desktop.domain.handovers import HandoverSide, Leaving, UnsettledKind
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.reading import Purpose
from desktop.domain.records import EntryState, MetPerson, SegmentKind
from desktop.domain.roles import Role
from desktop.domain.todos import TodoOrigin
from desktop.domain.working_time import Half
from desktop.models.handovers import HandoverRecord
from desktop.models.households import Household
from desktop.models.office import District, Office, Staff
from desktop.models.working_time import VisitAppointment
from desktop.services.office import main_caseworkers
from desktop.services.printing import HouseholdPrinting
from desktop.services.records.changes import as_input
from desktop.viewmodels.handovers import desk_words, leaving_words
from tests.support import factories
from tests.support.desk import later, read_and_decide, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.handovers import a_plan, a_team, again

TEXT = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。居室は片付いていた。"
REASON = "前の担当としての差戻しの訂正"


@pytest.fixture
def team(engine):
    return a_team(small_office(engine))


@pytest.fixture
def desk(team):
    return team.office.desk(team.office.supervisor)


def a_draft(team, person):
    """A visit that was written and not handed in."""
    records = team.office.desk(person).records
    given = records.blank(team.office.household_id, "home_visit")
    segments = tuple(
        replace(s, text=TEXT if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    met = (MetPerson(label="架空 花子", person_id=team.office.person_id),)
    given = replace(given, segments=segments, met=met, result_code="11")
    return given.entry_id, records.save(given).version


def sent_back(team, person):
    """A visit that the supervisor gave back; returns its id."""
    entry_id, version = a_draft(team, person)
    team.office.desk(person).records.submit(entry_id, version, Impact.NONE)
    supervisor = team.office.desk(team.office.supervisor)
    (row,) = (r for r in supervisor.approvals.queue() if r.subject_id == entry_id)
    read_and_decide(
        supervisor,
        Decision(
            approval_id=row.approval_id,
            move=Move.RETURN,
            root_version=row.root_version,
            content_hash=row.content_hash,
            text="面接の相手を書いてください。",
        ),
    )
    return entry_id


def handed_over(team, desk):
    plan = a_plan(team)
    desk.handovers.hand_over(plan)
    return plan.moves[0].handover_id


def lines_of(person):
    return [row for row in person.todos.mine() if row.origin is TodoOrigin.RETURNED_ENTRY]


def test_a_preview_names_what_came_back_and_counts_what_nobody_sees(team, desk):
    entry_id = sent_back(team, team.office.caseworker)
    a_draft(team, team.office.caseworker)
    preview = desk.handovers.preview(a_plan(team, TODAY + timedelta(days=30)))
    (found,) = preview.unsettled
    assert (found.kind, found.item_id, found.words) == (
        *(UnsettledKind.RETURNED, entry_id, "家庭訪問"),
    )
    assert found.who == team.office.caseworker.name
    assert preview.moves[0].drafts == 1


def test_the_former_one_keeps_it_on_the_desk_and_finishes_it_with_a_reason(team, desk):
    entry_id = sent_back(team, team.office.caseworker)
    handed_over(team, desk)
    tomorrow = later(CLOCK, days=1)  # what was opened for writing is closed again
    old = team.office.desk(again(team.office, team.office.caseworker), tomorrow)
    assert team.district_id not in old.staff.duty_district_ids
    (draft,) = old.records.drafts()
    assert (draft.entry_id, draft.state) == (entry_id, EntryState.RETURNED)
    assert [row.subject_id for row in lines_of(old)] == [entry_id]
    with pytest.raises(ReasonNeededError):
        old.records.entry(entry_id)
    old.records.reading.open(Purpose.FILE, [team.office.household_id], reason=REASON)
    given = as_input(old.records.entry(entry_id))
    segments = tuple(
        replace(s, text=f"{s.text}相手は世帯主。") if s.kind is SegmentKind.FACTS else s
        for s in given.segments
    )
    saved = old.records.save(replace(given, segments=segments))
    old.records.submit(entry_id, saved.version, Impact.NONE)
    assert lines_of(old) == []
    assert [row.subject_id for row in desk.approvals.queue()] == [entry_id]


def test_whoever_leaves_is_told_what_is_to_be_finished_and_what_goes_by_itself(team, desk):
    sent_back(team, team.office.caseworker)
    a_draft(team, team.office.caseworker)
    plan = a_plan(team, TODAY + timedelta(days=30))
    desk.handovers.hand_over(plan)
    old = team.office.desk(team.office.caseworker)
    left = old.handovers.leaving(plan.moves[0].handover_id)
    assert (left.drafts, left.returned, left.submitted) == (1, 1, 0)
    (row,) = old.handovers.handovers()
    words = leaving_words(left, row, TODAY)
    assert "書きかけ1件・差戻し1件" in words
    assert "引き継ぐ日までに提出" in words
    assert leaving_words(Leaving(), row, TODAY) == ""


def test_what_is_with_the_supervisor_or_approved_is_no_longer_before_the_former_one(team, desk):
    entry_id, version = a_draft(team, team.office.caseworker)
    team.office.desk(team.office.caseworker).records.submit(entry_id, version, Impact.NONE)
    handed_over(team, desk)
    old = team.office.desk(again(team.office, team.office.caseworker))
    assert old.records.drafts() == ()


def test_the_new_one_sees_it_and_asks_the_supervisor_who_asks_the_author(team, desk):
    entry_id = sent_back(team, team.office.caseworker)
    handover_id, household_id = handed_over(team, desk), team.office.household_id
    new = team.office.desk(again(team.office, team.second))
    (line,) = new.handovers.households(handover_id)
    assert line.returned == (entry_id,)
    (seen,) = lines_of(new)
    assert seen.text.startswith("前任者の差戻し：家庭訪問")
    assert seen.from_name == team.office.caseworker.name
    assert seen.todo_id is None
    assert new.handovers.ask_for_returned(handover_id, household_id) == desk.staff.name
    with pytest.raises(ConflictError, match="もう頼んであります"):
        new.handovers.ask_for_returned(handover_id, household_id)
    (asked,) = (t for t in desk.todos.mine() if t.origin is TodoOrigin.CONSULTATION)
    assert "差戻しの記録が1件" in asked.text
    told = desk.handovers.ask_for_returned(handover_id, household_id)
    assert told == team.office.caseworker.name
    old = team.office.desk(again(team.office, team.office.caseworker))
    (given,) = (t for t in old.todos.mine() if t.origin is TodoOrigin.ASSIGNED)
    assert "あなたの差戻しの記録が1件" in given.text
    assert lines_of(desk) == []  # only who looks after the district is told of it


def test_files_are_opened_for_who_comes_before_the_day_and_for_who_left_after_it(team, desk):
    household_id = team.office.household_id
    plan = a_plan(team, TODAY + timedelta(days=30))
    desk.handovers.hand_over(plan)
    with team.office.work() as session:
        third = factories.make_staff(
            session, office=session.get_one(Office, desk.staff.office_id), name="架空 三郎"
        )
        comes = factories.signed_in(session, third)
        session.get_one(HandoverRecord, plan.moves[0].handover_id).to_id = third.id
    new = team.office.desk(comes)
    with pytest.raises(ReasonNeededError):
        new.records.reading.open(Purpose.FILE, [household_id])
    new.handovers.open_files(plan.moves[0].handover_id, [household_id, new_id()])
    printing = HouseholdPrinting(new.work, CLOCK, new.staff, new.records.reading)
    sheet = printing.handover_sheet(
        household_id, Recipient(name=comes.name, from_day=plan.effective_on)
    )
    assert sheet.old_caseworker == team.office.caseworker.name
    with pytest.raises(NotPermittedError):
        team.office.desk(team.office.outsider).handovers.open_files(
            plan.moves[0].handover_id, [household_id]
        )


def test_the_sheet_names_the_former_one_also_after_the_day(team, desk):
    handed_over(team, desk)
    printing = HouseholdPrinting(desk.work, CLOCK, desk.staff, desk.records.reading)
    to = Recipient(name=team.second.name, from_day=TODAY)
    sheet = printing.handover_sheet(team.office.household_id, to)
    assert (sheet.old_caseworker, sheet.new_caseworker) == (
        *(team.office.caseworker.name, team.second.name),
    )


def test_the_desk_tells_both_sides_until_each_household_is_confirmed(team, desk):
    plan, household_id = a_plan(team, TODAY + timedelta(days=30)), team.office.household_id
    desk.handovers.hand_over(plan)
    old, new = team.office.desk(team.office.caseworker), team.office.desk(team.second)
    assert "架空 次郎さんへ引き継ぎます。確認していない世帯はあと1です。" in desk_words(
        old.handovers.handovers(), TODAY
    )
    assert "引き受けます" in desk_words(new.handovers.handovers(), TODAY)
    assert desk_words(desk.handovers.handovers(), TODAY) == ""
    old.handovers.confirm(plan.moves[0].handover_id, household_id, HandoverSide.GIVEN)
    assert desk_words(old.handovers.handovers(), TODAY) == ""
    late = plan.effective_on + timedelta(days=30)
    assert "新しい担当者の確認がまだ 1世帯" in desk_words(desk.handovers.handovers(), late)


def test_nobody_is_asked_for_what_is_not_there_or_whose_author_is_gone(team, desk):
    handover_id, household_id = handed_over(team, desk), team.office.household_id
    with pytest.raises(UserError, match="残っていません"):
        desk.handovers.ask_for_returned(handover_id, household_id)
    with team.office.work() as session:
        author = session.get_one(Staff, team.office.caseworker.staff_id)
        household = session.get_one(Household, household_id)
        factories.make_entry(session, household, author, state=EntryState.RETURNED)
        author.active_to = days_ago(1)
    with pytest.raises(UserError, match="在職していません"):
        desk.handovers.ask_for_returned(handover_id, household_id)
    new = team.office.desk(again(team.office, team.second))
    new.handovers.ask_for_returned(handover_id, household_id)
    (asked,) = (t for t in desk.todos.mine() if t.origin is TodoOrigin.CONSULTATION)
    assert "在職していません" in asked.text
    with pytest.raises(NotPermittedError):
        team.office.desk(team.office.outsider).handovers.ask_for_returned(handover_id, household_id)


def test_what_came_back_to_a_supporter_is_not_a_predecessors(team, desk):
    with team.office.work() as session:
        office = session.get_one(Office, team.office.caseworker.office_id)
        supporter = factories.make_staff(session, Role.EMPLOYMENT_SUPPORTER, office=office)
        household = session.get_one(Household, team.office.household_id)
        factories.make_entry(session, household, supporter, state=EntryState.RETURNED)
    handed_over(team, desk)
    assert lines_of(team.office.desk(again(team.office, team.second))) == []


def promised(team, household_id, day):
    with team.office.work() as session:
        factories.add(
            session,
            VisitAppointment(
                office_id=team.office.caseworker.office_id,
                household_id=household_id,
                day=day,
                half=Half.AM,
                is_announced=True,
                set_by=team.office.caseworker.staff_id,
                set_at=CLOCK.now(),
            ),
        )


def test_districts_that_go_round_do_not_clash_with_what_their_new_ones_give_away(team, desk):
    day = TODAY + timedelta(days=8)
    with team.office.work() as session:
        other = session.get_one(District, team.other_id)
        theirs = factories.make_household(session, district=other).id
    for household_id in (team.office.household_id, theirs):
        promised(team, household_id, day)
    alone = a_plan(team)
    assert len(desk.handovers.preview(alone).unsettled) == 1
    back = a_plan(
        team,
        district_id=team.other_id,
        to_id=team.office.caseworker.staff_id,
        shown_from_id=team.second.staff_id,
    )
    both = replace(alone, moves=(*alone.moves, *back.moves))
    assert desk.handovers.preview(both).unsettled == ()
    to_third = replace(
        both, moves=tuple(replace(m, to_id=team.office.outsider.staff_id) for m in both.moves)
    )
    assert len(desk.handovers.preview(to_third).unsettled) == 2
    day_of = desk.joint_visits.day_of(desk.handovers.preview(alone).unsettled[0].item_id)
    assert day_of == day


def test_what_was_done_at_once_is_taken_back_at_once_or_not_at_all(team, desk):
    first = a_plan(team)
    second = a_plan(
        team,
        district_id=team.other_id,
        to_id=team.office.caseworker.staff_id,
        shown_from_id=team.second.staff_id,
    )
    desk.handovers.hand_over(replace(first, moves=(*first.moves, *second.moves)))
    rows = desk.handovers.handovers()
    assert len({row.batch_id for row in rows}) == 1
    ids = [row.handover_id for row in rows]
    new = team.office.desk(again(team.office, team.second))
    entry_id, _ = a_draft(team, new.staff)
    with pytest.raises(ConflictError):
        desk.handovers.undo(*ids)
    assert not any(row.is_undone for row in desk.handovers.handovers())
    assert entry_id


def test_what_breaks_off_half_way_changes_nothing_and_the_same_again_does_it(team, desk, engine):
    first = a_plan(team)
    second = a_plan(
        team,
        district_id=team.other_id,
        to_id=team.office.caseworker.staff_id,
        shown_from_id=team.second.staff_id,
    )
    both = replace(first, moves=(*first.moves, *second.moves))

    def the_power_goes(done, _total):
        if done == 1 and is_postgresql(engine):
            with engine.begin() as server:
                end = (
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :login"
                )
                server.execute(text(end), {"login": desk.staff.login})
        elif done == 1:
            raise SystemExit

    with pytest.raises((UnavailableError, SystemExit)):
        desk.handovers.hand_over(both, the_power_goes)
    anew = team.office.desk(desk.staff)
    assert anew.handovers.handovers() == ()
    with team.office.work() as session:
        mains = main_caseworkers(session, TODAY)
    assert mains[team.district_id][1] == team.office.caseworker.staff_id
    assert anew.handovers.hand_over(both) == 2
    assert anew.handovers.hand_over(both) == 2
    assert len(anew.handovers.handovers()) == 2


def test_of_two_who_hand_over_the_same_district_at_once_one_is_told(team, desk):
    plans = [a_plan(team), a_plan(team, to_id=team.office.outsider.staff_id)]
    people = [desk, team.office.desk(team.office.head)]
    at_once = Barrier(2)

    def hand_over(person, plan):
        at_once.wait()
        try:
            return person.handovers.hand_over(plan)
        except (ConflictError, UnavailableError) as error:
            return error.sentence

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(hand_over, people, plans))
    assert 1 in said
    assert len(desk.handovers.handovers()) == 1
    (other,) = (each for each in said if each != 1)
    assert other
