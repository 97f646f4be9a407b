"""What papers hang together with, as screens show it: entries that name them, and the to-do of the decision draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_links import DraftTask, PaperLink, PaperOfEntry
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.office import Staff
from desktop.models.papers import PaperLinkRecord, PaperLinkText, PaperRecord
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo
from desktop.services.masters import lookup

_Striker = aliased(Staff)
_Owner = aliased(Staff)


def drafts(session: Session, paper_ids: Collection[UUID]) -> dict[UUID, DraftTask]:
    """Paper → the newest to-do of its decision draft."""
    found = session.execute(
        select(PaperLinkRecord.paper_id, Todo.due_on, Todo.state)
        .join(Todo, Todo.id == PaperLinkRecord.todo_id)
        .where(
            PaperLinkRecord.paper_id.in_(paper_ids),
            PaperLinkRecord.struck_at.is_(None),
            Todo.origin == TodoOrigin.DECISION_DRAFT,
        )
        .order_by(PaperLinkRecord.made_at, PaperLinkRecord.id)
    )
    return {
        paper_id: DraftTask(due_on=due_on, is_done=state is TodoState.DONE)
        for paper_id, due_on, state in found
    }


def links_of(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[UUID, tuple[PaperLink, ...]]:
    """Paper → its links, the oldest first, of an opened file; struck ones with their reason."""
    kinds = lookup.entry_kinds(session, staff.office_id, today)
    labels = {code: kind.label for code, kind in kinds.items()}
    found = session.execute(
        select(
            PaperLinkRecord,
            EntryRecord,
            Todo,
            _Owner.name.label("owner"),
            _Striker.name.label("striker"),
            PaperLinkText.reason,
        )
        .outerjoin(EntryRecord, EntryRecord.id == PaperLinkRecord.entry_id)
        .outerjoin(Todo, Todo.id == PaperLinkRecord.todo_id)
        .outerjoin(_Owner, _Owner.id == Todo.owner_id)
        .outerjoin(_Striker, _Striker.id == PaperLinkRecord.struck_by)
        .outerjoin(PaperLinkText, PaperLinkText.link_id == PaperLinkRecord.id)
        .where(PaperLinkRecord.household_id == household_id)
        .order_by(PaperLinkRecord.made_at, PaperLinkRecord.id)
    )
    links = defaultdict[UUID, list[PaperLink]](list)
    for row in found:
        links[row.PaperLinkRecord.paper_id].append(_link(row, labels))
    return {paper_id: tuple(of_paper) for paper_id, of_paper in links.items()}


def of_entries(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> dict[UUID, tuple[PaperOfEntry, ...]]:
    """Entry → the papers that it names, by number."""
    found = session.execute(
        select(PaperLinkRecord.entry_id, PaperRecord)
        .join(PaperRecord, PaperRecord.id == PaperLinkRecord.paper_id)
        .where(
            PaperLinkRecord.household_id == household_id,
            PaperLinkRecord.entry_id.is_not(None),
            PaperLinkRecord.struck_at.is_(None),
        )
        .order_by(PaperRecord.fiscal_year, PaperRecord.number)
    ).all()
    named = defaultdict[UUID, list[PaperOfEntry]](list)
    papers = _papers(session, staff, [paper for _, paper in found], today)
    for (entry_id, _), paper in zip(found, papers, strict=True):
        if entry_id is not None:
            named[entry_id].append(paper)
    return {entry_id: tuple(of_entry) for entry_id, of_entry in named.items()}


def unsettled(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[PaperOfEntry, ...]:
    """The household's papers that are not settled, by number."""
    found = session.scalars(
        select(PaperRecord)
        .where(
            PaperRecord.household_id == household_id,
            PaperRecord.office_id == staff.office_id,
            PaperRecord.settled_at.is_(None),
        )
        .order_by(PaperRecord.fiscal_year, PaperRecord.number)
    ).all()
    return tuple(_papers(session, staff, found, today))


def _papers(
    session: Session, staff: SignedInStaff, found: Collection[PaperRecord], today: date
) -> Iterator[PaperOfEntry]:
    kinds = lookup.labels(session, staff.office_id, Master.PAPER_KINDS, today)
    for paper in found:
        yield PaperOfEntry(
            paper_id=paper.id,
            fiscal_year=paper.fiscal_year,
            number=paper.number,
            kind_label=kinds.get(paper.kind, paper.kind),
            state=paper.state,
        )


def _link(row: Any, labels: Mapping[str, str]) -> PaperLink:  # noqa: ANN401 - a row of several classes
    link, entry, todo = row.PaperLinkRecord, row.EntryRecord, row.Todo
    return PaperLink(
        link_id=link.id,
        entry_id=link.entry_id,
        entry_on=entry.event_on if entry else None,
        entry_label=labels.get(entry.kind, entry.kind) if entry else "",
        task=DraftTask(due_on=todo.due_on, is_done=todo.state is TodoState.DONE) if todo else None,
        task_owner=row.owner or "",
        is_struck=link.struck_at is not None,
        struck_by=row.striker or "",
        struck_reason=row.reason or "",
    )
