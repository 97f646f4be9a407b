"""指示: from a household into its file and onto the desk, answered, asked again, asked about by the radar. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.instructions import InstructionInput
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, SegmentKind
from desktop.domain.todos import TodoOrigin
from desktop.models.office import Assignment
from desktop.services.printing.forms import printed_entry
from tests.services.test_main_job import written
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.people import work_of
from tests.support.radar import found_by

ASKED, DONE = "主治医に病状を確かめて報告してください。", "主治医に電話した。安定している。"


@pytest.fixture
def office(engine):
    return small_office(engine)


def given(office, by=None, **changes):
    values = {"entry_id": new_id(), "household_id": office.household_id, "text": ASKED}
    return office.desk(by or office.supervisor).instructions.give(
        InstructionInput(**values | changes)
    )


def instructions_of(office, staff=None):
    lines = office.desk(staff or office.caseworker).todos.mine()
    return [line for line in lines if line.origin is TodoOrigin.INSTRUCTION]


def answered(office):
    """An instruction with its answer; returns the answer on the supervisor's desk."""
    given(office)
    (line,) = instructions_of(office)
    office.desk(office.caseworker).todos.finish(line.todo_id, DONE)
    (answer,) = office.desk(office.supervisor).todos.mine()
    return answer


def asked(office, clock=CLOCK):
    work = work_of(office.work, office.supervisor, clock)
    return found_by(["R03"], work, clock, office.supervisor)


def test_it_stands_in_the_file_and_lies_on_the_caseworker_s_desk_with_its_day(office):
    told = given(office, due_on=TODAY + timedelta(days=3))
    assert (told.to, told.due_on) == (office.caseworker.name, TODAY + timedelta(days=3))
    (line,) = instructions_of(office)
    assert (line.text, line.due_on, line.needs_reply) == (ASKED, told.due_on, True)
    (entry,) = office.desk(office.caseworker).records.chronicle(office.household_id)
    assert (entry.kind, entry.state) == ("supervisor_note", EntryState.SUBMITTED)
    assert entry.author_id == office.supervisor.staff_id
    assert entry.text(SegmentKind.ADVICE) == ASKED
    assert line.subject_id == entry.entry_id
    assert [i.text for i in entry.instructions] == [ASKED]
    # On paper the words stand once, with the day and what became of it beneath.
    paper = printed_entry(entry)
    assert ASKED not in paper.instruction
    assert paper.instruction.startswith("回答期限 ")


def test_without_a_day_the_office_s_days_count_and_the_radar_asks_afterwards(office):
    told = given(office)
    assert told.due_on > TODAY
    late = later(CLOCK, days=(told.due_on - TODAY).days + 1)
    assert asked(office) == []
    (finding,) = asked(office, late)
    assert finding.household_id == office.household_id
    (line,) = instructions_of(office)
    office.desk(office.caseworker).todos.finish(line.todo_id, DONE)
    assert asked(office, late) == []


def test_an_answer_that_does_not_do_is_asked_about_again_beside_the_first(office):
    answer = answered(office)
    assert answer.answers_instruction
    again = office.desk(office.supervisor).instructions.ask_again(
        answer.todo_id, "いつ電話したか。"
    )
    assert again.to == office.caseworker.name
    assert office.desk(office.supervisor).todos.mine() == ()
    (line,) = instructions_of(office)
    assert line.text == "いつ電話したか。"
    (entry,) = office.desk(office.caseworker).records.chronicle(office.household_id)
    assert [(i.text, i.reply) for i in entry.instructions] == [
        (ASKED, DONE),
        ("いつ電話したか。", ""),
    ]
    with pytest.raises(ConflictError):
        office.desk(office.supervisor).instructions.ask_again(answer.todo_id, "もう一度")


def test_an_instruction_sent_twice_is_kept_once(office):
    entry_id = new_id()
    given(office, entry_id=entry_id)
    with pytest.raises(ConflictError, match="もう届いています"):
        given(office, entry_id=entry_id)
    assert len(instructions_of(office)) == 1


def test_a_record_handed_in_since_is_an_answer_by_its_number(office):
    given(office)
    (line,) = instructions_of(office)
    desk = office.desk(office.caseworker)
    with pytest.raises(ValidationError) as refused:
        desk.todos.finish(line.todo_id)
    assert "reply" in refused.value.fields
    saved = desk.records.save(written(office, desk))
    with pytest.raises(ValidationError):  # nobody else reads a draft
        desk.todos.finish(line.todo_id)
    desk.records.submit(saved.entry_id, saved.version, Impact.NONE)
    desk.todos.finish(line.todo_id)
    told = next(e for e in desk.records.chronicle(office.household_id) if e.instructions)
    number = desk.records.entry(saved.entry_id).number
    assert told.instructions[0].reply == f"記録 No.{number}（令和6年10月1日）に書きました。"
    (answer,) = office.desk(office.supervisor).todos.mine()
    assert f"No.{number}" in answer.text


def test_an_answer_that_does_is_put_away(office):
    answer = answered(office)
    office.desk(office.supervisor).todos.finish(answer.todo_id)
    assert office.desk(office.supervisor).todos.mine() == ()
    assert asked(office) == []


@pytest.mark.parametrize(
    ("changes", "field"), [({"text": "　"}, "text"), ({"due_on": days_ago(1)}, "due_on")]
)
def test_what_is_missing_is_named(office, changes, field):
    with pytest.raises(ValidationError) as refused:
        given(office, **changes)
    assert field in refused.value.fields


@pytest.mark.parametrize("who", ["caseworker", "head", "outsider"])
def test_only_the_district_s_supervisor_writes_one(office, who):
    with pytest.raises(NotPermittedError):
        given(office, getattr(office, who))
    assert instructions_of(office) == []


def test_without_a_caseworker_there_is_nobody_to_instruct(office):
    with office.work() as session:
        mine = Assignment.staff_id == office.caseworker.staff_id
        session.execute(update(Assignment).where(mine).values(valid_to=days_ago(1)))
    with pytest.raises(UserError, match="担当者がいません"):
        given(office)


def test_nobody_asks_again_about_what_was_not_answered_to_him(office):
    answer = answered(office)
    for who in (office.caseworker, office.head):
        with pytest.raises(NotPermittedError):
            office.desk(who).instructions.ask_again(answer.todo_id, "もう一度")
