"""Links and slips of papers where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.paper_access import at_hand
from desktop.domain import paper_links as words
from desktop.domain import papers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_slips import PrintNote
from desktop.domain.records import EntryState
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.papers import PaperLinkRecord, PaperLinkText, PaperRecord, PrintedPaper
from desktop.models.records import EntryRecord, PrintBatch
from desktop.models.todos import Todo, TodoText


def link_entry(
    session: Session,
    staff: SignedInStaff,
    link_id: UUID,
    paper_id: UUID,
    entry_id: UUID,
    at: datetime,
) -> None:
    """Name a paper in an entry of its household."""
    paper = at_hand(session, staff, paper_id, at)
    entry = session.get(EntryRecord, entry_id)
    if (
        entry is None
        or entry.household_id != paper.household_id
        or entry.is_annulled
        or (entry.state is EntryState.DRAFT and entry.author_id != staff.staff_id)
    ):
        raise NotPermittedError(words.NO_ENTRY)
    known = exists().where(
        PaperLinkRecord.paper_id == paper_id,
        PaperLinkRecord.entry_id == entry_id,
        PaperLinkRecord.struck_at.is_(None),
    )
    if not session.scalar(select(known)):
        _add(session, staff, link_id, paper, at, entry_id=entry_id)


def strike(
    session: Session, staff: SignedInStaff, link_id: UUID, reason: str, at: datetime
) -> None:
    """Say of a link why it does not hold."""
    link = session.get(PaperLinkRecord, link_id)
    if link is None or link.office_id != staff.office_id:
        raise NotPermittedError(words.NO_LINK)
    at_hand(session, staff, link.paper_id, at)
    if link.struck_at is not None:
        raise ConflictError(words.IS_STRUCK)
    reason = reason.strip()
    if not reason:
        raise ValidationError(reason=words.NO_STRIKE_REASON)
    if len(reason) > rules.MOST_NOTE:
        raise ValidationError(reason=rules.TOO_LONG)
    link.struck_by, link.struck_at = staff.staff_id, at
    session.add(
        PaperLinkText(
            link_id=link.id,
            office_id=link.office_id,
            household_id=link.household_id,
            reason=reason,
        )
    )
    session.flush()


def draft(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    ids: tuple[UUID, UUID],
    due_on: date,
    at: datetime,
    *,
    kind_label: str,
) -> None:
    """Give the paper's owner the to-do of the decision draft."""
    link_id, todo_id = ids
    paper = at_hand(session, staff, paper_id, at)
    link = session.get(PaperLinkRecord, link_id)
    if link is not None and (link.paper_id, link.todo_id) == (paper_id, todo_id):
        return
    owner_id = _owner_for_draft(session, paper, due_on, at)
    key = {"office_id": paper.office_id, "household_id": paper.household_id}
    session.add(
        Todo(
            id=todo_id,
            **key,
            owner_id=owner_id,
            origin=TodoOrigin.DECISION_DRAFT,
            origin_id=paper.id,
            due_on=due_on,
            created_by=staff.staff_id,
            created_at=at,
        )
    )
    session.flush()
    text = words.draft_text(kind_label, paper.fiscal_year, paper.number)
    session.add(TodoText(todo_id=todo_id, **key, text=text))
    _add(session, staff, link_id, paper, at, todo_id=todo_id)


def note_printed(
    session: Session,
    staff: SignedInStaff,
    paper_ids: Sequence[UUID],
    note: PrintNote,
    at: datetime,
) -> None:
    """Note that slips and receipts came out."""
    found = (session.get(PaperRecord, paper_id) for paper_id in paper_ids)
    papers = [paper for paper in found if paper and may_print(session, staff, paper)]
    if not papers or len({paper.id for paper in papers}) != len(paper_ids):
        raise NotPermittedError(rules.NO_PAPER)
    stored = session.get(PrintBatch, note.batch_id)
    if stored is not None:
        _need_same_run(session, staff, stored, note, set(paper_ids))
        return
    session.add(
        PrintBatch(
            id=note.batch_id,
            office_id=staff.office_id,
            printed_by=staff.staff_id,
            printed_at=at,
            mark=note.mark.name.lower(),
            pages=note.pages,
            sha256=note.sha256,
        )
    )
    session.flush()
    for paper in papers:
        key = {"office_id": paper.office_id, "household_id": paper.household_id}
        session.add(PrintedPaper(batch_id=note.batch_id, paper_id=paper.id, part=note.part, **key))
    session.flush()


def _need_same_run(
    session: Session,
    staff: SignedInStaff,
    stored: PrintBatch,
    note: PrintNote,
    paper_ids: set[UUID],
) -> None:
    """A retry is of the same papers by the same person."""
    x = PrintedPaper
    rows = session.execute(select(x.paper_id, x.part).where(x.batch_id == stored.id))
    noted = {(paper_id, part) for paper_id, part in rows}
    if stored.printed_by != staff.staff_id or noted != {(i, note.part) for i in paper_ids}:
        raise NotPermittedError(words.OTHER_RUN)


def may_print(session: Session, staff: SignedInStaff, paper: PaperRecord) -> bool:
    """Whether somebody prints the slip: he took the paper in, owns it, or its household is his duty."""
    if paper.office_id != staff.office_id:
        return False
    if staff.staff_id in {paper.received_by, paper.owner_id}:
        return True
    household = session.get_one(Household, paper.household_id)
    return staff.has_duty_for(household.id, household.district_id)


def close_drafts(session: Session, paper_id: UUID, at: datetime) -> None:
    """A paper that is drafted, decided or settled needs no draft any more."""
    for todo in _open_drafts(session, paper_id):
        todo.state, todo.closed_at = TodoState.DONE, at
        todo.version += 1


def hand_over_drafts(session: Session, paper_id: UUID, to: UUID) -> None:
    """What is to be drafted goes along with the paper."""
    for todo in _open_drafts(session, paper_id):
        if todo.owner_id != to:
            todo.owner_id = to
            todo.version += 1


def _owner_for_draft(session: Session, paper: PaperRecord, due_on: date, at: datetime) -> UUID:
    """Who drafts; a refusal where there is nobody or nothing to draft."""
    if paper.state not in words.BEFORE_DRAFT:
        raise ConflictError(words.DRAFTED_ALREADY)
    if paper.owner_id is None:
        raise ValidationError(owner_id=words.FIRST_AN_OWNER)
    if due_on < japan_day(at):
        raise ValidationError(due_on=words.DUE_IN_PAST)
    if any(_open_drafts(session, paper.id)):
        raise ConflictError(words.DRAFT_IS_OPEN)
    return paper.owner_id


def _open_drafts(session: Session, paper_id: UUID) -> Iterator[Todo]:
    yield from session.scalars(
        select(Todo)
        .join(PaperLinkRecord, PaperLinkRecord.todo_id == Todo.id)
        .where(
            PaperLinkRecord.paper_id == paper_id,
            PaperLinkRecord.struck_at.is_(None),
            Todo.state == TodoState.OPEN,
        )
    ).all()


def _add(
    session: Session,
    staff: SignedInStaff,
    link_id: UUID,
    paper: PaperRecord,
    at: datetime,
    *,
    entry_id: UUID | None = None,
    todo_id: UUID | None = None,
) -> None:
    session.add(
        PaperLinkRecord(
            id=link_id,
            office_id=paper.office_id,
            household_id=paper.household_id,
            paper_id=paper.id,
            entry_id=entry_id,
            todo_id=todo_id,
            made_by=staff.staff_id,
            made_at=at,
        )
    )
    session.flush()
