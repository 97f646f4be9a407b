"""The training office's papers hang together as if the office had worked."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import japan_day
from desktop.domain.papers import PaperState, move_of
from desktop.domain.todos import TodoState
from desktop.models.papers import (
    PaperBook,
    PaperLinkRecord,
    PaperRecord,
    PaperStepRecord,
    PaperStepText,
    PaperText,
)
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo
from tests.services.training.conftest import TODAY


@pytest.fixture
def session(office):
    with UnitOfWork(office.engine)() as session:
        yield session


def test_numbers_follow_the_receipts_without_a_gap(session):
    papers = session.scalars(
        select(PaperRecord).order_by(PaperRecord.fiscal_year, PaperRecord.number)
    ).all()
    assert len(papers) > 20
    assert all(a.received_at <= b.received_at for a, b in pairwise(papers))
    by_year = Counter(paper.fiscal_year for paper in papers)
    assert [paper.number for paper in papers] == [
        number for year in sorted(by_year) for number in range(1, by_year[year] + 1)
    ]
    books = {book.fiscal_year: book.last_number for book in session.scalars(select(PaperBook))}
    assert books == by_year


def test_every_step_is_one_that_a_paper_may_take(session):
    reasons = {(t.paper_id, t.number) for t in session.scalars(select(PaperStepText))}
    words = {t.paper_id for t in session.scalars(select(PaperText))}
    for paper in session.scalars(select(PaperRecord)):
        steps = session.scalars(
            select(PaperStepRecord)
            .where(PaperStepRecord.paper_id == paper.id)
            .order_by(PaperStepRecord.number)
        ).all()
        assert [step.number for step in steps] == list(range(1, len(steps) + 1))
        assert (steps[0].state, steps[0].at) == (PaperState.RECEIVED, paper.received_at)
        assert steps[-1].state is paper.state
        assert (paper.settled_at is None) == (paper.state is not PaperState.SETTLED)
        for before, after in pairwise(steps):
            move = move_of(before.state, after.state)
            assert move is not None
            assert before.at <= after.at
            assert ((paper.id, after.number) in reasons) == move.needs_reason
        assert japan_day(steps[-1].at) < TODAY
        assert paper.id in words


def test_most_papers_are_settled_in_time_and_a_few_lie(session):
    papers = session.scalars(select(PaperRecord)).all()
    open_ones = [paper for paper in papers if paper.settled_at is None]
    assert 2 <= len(open_ones) < len(papers) / 2
    late = [p for p in open_ones if japan_day(p.received_at) < TODAY - timedelta(days=14)]
    assert 2 <= len(late) <= 4


def test_a_draft_is_open_until_the_paper_comes_to_it(session):
    found = session.execute(
        select(PaperRecord, Todo)
        .join(PaperLinkRecord, PaperLinkRecord.paper_id == PaperRecord.id)
        .join(Todo, Todo.id == PaperLinkRecord.todo_id)
    ).all()
    assert found
    for paper, todo in found:
        is_before = paper.state in {PaperState.RECEIVED, PaperState.CHECKED, PaperState.JUDGED}
        assert (todo.state is TodoState.OPEN) == is_before
        assert todo.origin_id == paper.id


def test_entries_name_papers_of_their_own_household(session):
    found = session.execute(
        select(PaperRecord, EntryRecord)
        .join(PaperLinkRecord, PaperLinkRecord.paper_id == PaperRecord.id)
        .join(EntryRecord, EntryRecord.id == PaperLinkRecord.entry_id)
    ).all()
    assert found
    for paper, entry in found:
        assert paper.household_id == entry.household_id
        assert entry.event_on >= japan_day(paper.received_at) - timedelta(days=30)
