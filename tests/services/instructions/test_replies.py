"""指示事項への対応: the answer stands beside the instruction, in the file and on paper. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.approvals import Move
from desktop.domain.entry_words import answer_text, instruction_text
from desktop.services.printing.forms import printed_entry
from desktop.viewmodels.records_text import entry_text
from tests.services.test_main_job import decision, submitted
from tests.support.desk import read_and_decide, small_office
from tests.support.factories import TODAY

ASKED, DONE = "通帳を確認し、報告すること。", "通帳を見た。残高は記録のとおり。"


@pytest.fixture
def office(engine):
    return small_office(engine)


def instructed(office):
    """An entry approved with an instruction that is answered in five days."""
    submitted(office, office.desk(office.caseworker))
    supervisor = office.desk(office.supervisor)
    row = supervisor.approvals.queue()[0]
    due = TODAY + timedelta(days=5)
    given = decision(row, Move.APPROVE_WITH_INSTRUCTION, text=ASKED, reply_due=due)
    read_and_decide(supervisor, given)


def entry_of(office, staff=None):
    (entry,) = office.desk(staff or office.caseworker).records.chronicle(office.household_id)
    return entry


def test_an_open_instruction_stands_with_its_day_in_the_file_and_on_paper(office):
    instructed(office)
    entry = entry_of(office)
    (asked,) = entry.instructions
    assert (asked.text, asked.to, asked.given_by) == (
        ASKED,
        office.caseworker.name,
        office.supervisor.name,
    )
    assert (asked.due_on - TODAY).days == 5
    assert asked.replied_on is None
    paper = printed_entry(entry).instruction
    assert paper == f"{instruction_text(asked)}\n{answer_text(asked)}"
    assert "まだ回答がありません" in paper
    assert paper.count(ASKED) == 1


def test_the_answer_stands_beside_what_was_asked_for_whoever_reads_the_file(office):
    instructed(office)
    todos = office.desk(office.caseworker).todos
    (line,) = [t for t in todos.mine() if t.needs_reply]
    todos.finish(line.todo_id, DONE)
    entry = entry_of(office, office.head)
    (asked,) = entry.instructions
    assert (asked.reply, asked.replied_on) == (DONE, TODAY)
    assert DONE in printed_entry(entry).instruction
    assert any(DONE in text for text in entry_text(entry).after)
