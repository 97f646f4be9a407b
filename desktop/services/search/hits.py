"""What was found, as a person reads it: whose file, what it is, by whom, and the words around the hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.searching import Found
from desktop.domain.approvals import MOVES, Move
from desktop.domain.liaisons import BARRED, LIAISON_KIND
from desktop.domain.master_tables import Master
from desktop.domain.search import NOUN_LABELS, SearchHit, SearchNoun
from desktop.domain.search_text import Term, fold_text, marked, says
from desktop.models.approvals import Approval, ApprovalMove
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord, LegacyAuthor
from desktop.services.masters import lookup

#: What the search tells of a liaison: its kind, or that nobody rings it, or that it ends.
_LIAISONS: Mapping[str, str] = {
    **{kind.value: label for kind, label in LIAISON_KIND.items()},
    "barred": BARRED,
    "ended": "終わりの日あり",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What ids and codes of a page are called. `entries`: the entry an instruction is about; `annulled` are entries."""

    households: Mapping[UUID, tuple[str, str]] = field(repr=False)
    staff: Mapping[UUID, str] = field(repr=False)
    former: Mapping[UUID, str] = field(repr=False)
    annulled: frozenset[UUID]
    entries: Mapping[UUID, UUID]
    kinds: Mapping[str, str]
    papers: Mapping[str, str]


def hits_of(
    session: Session, office_id: UUID, found: Sequence[Found], terms: tuple[Term, ...], on: date
) -> tuple[SearchHit, ...]:
    """What was found, in its order; a file that is no more is left out."""
    if not found:
        return ()
    names = _names(session, office_id, found, on)
    return tuple(
        _hit(each, names, terms) for each in found if each.household_id in names.households
    )


def _hit(found: Found, names: _Names, terms: tuple[Term, ...]) -> SearchHit:
    case_number, head_name = names.households[found.household_id]
    author = names.staff.get(found.author_id) if found.author_id else None
    is_entry = found.noun is SearchNoun.ENTRY
    return SearchHit(
        noun=found.noun,
        row_id=found.row_id,
        entry_id=found.row_id if is_entry else names.entries.get(found.row_id),
        household_id=found.household_id,
        case_number=case_number,
        head_name=head_name,
        event_on=found.event_on,
        kind_label=_label(found, names),
        author=author or names.former.get(found.row_id, ""),
        is_annulled=found.row_id in names.annulled,
        is_draft=found.is_draft,
        snippet=_snippet(found.words, terms),
    )


def _label(found: Found, names: _Names) -> str:
    kind = found.kind or ""
    match found.noun:
        case SearchNoun.ENTRY:
            return names.kinds.get(kind, kind)
        case SearchNoun.INSTRUCTION:
            return f"決裁（{MOVES[Move(kind)].label}）"
        case SearchNoun.PAPER:
            return f"書類（{names.papers.get(kind, kind)}）"
        case SearchNoun.LIAISON:
            return f"関係先（{_LIAISONS[kind]}）"
        case _:
            return NOUN_LABELS[found.noun]


def _names(session: Session, office_id: UUID, found: Sequence[Found], on: date) -> _Names:
    h = Household
    files = session.execute(
        select(h.id, h.case_number, h.head_name).where(h.id.in_({f.household_id for f in found}))
    )
    authors = {f.author_id for f in found if f.author_id is not None}
    staff = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(authors)))
    of = {noun: [f.row_id for f in found if f.noun is noun] for noun in SearchNoun}
    entries = of[SearchNoun.ENTRY]
    unsigned = [f.row_id for f in found if f.author_id is None]
    return _Names(
        households={row.id: (row.case_number, row.head_name) for row in files},
        staff={row.id: row.name for row in staff},
        former=_former(session, unsigned) if unsigned else {},
        annulled=_annulled(session, entries) if entries else frozenset(),
        entries=_entries(session, of[SearchNoun.INSTRUCTION]) if of[SearchNoun.INSTRUCTION] else {},
        kinds=lookup.labels(session, office_id, Master.ENTRY_KINDS, on) if entries else {},
        papers=lookup.labels(session, office_id, Master.PAPER_KINDS, on)
        if of[SearchNoun.PAPER]
        else {},
    )


def _former(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(LegacyAuthor.entry_id, LegacyAuthor.name).where(LegacyAuthor.entry_id.in_(ids))
    )
    return {row.entry_id: row.name for row in rows}


def _annulled(session: Session, ids: Sequence[UUID]) -> frozenset[UUID]:
    e = EntryRecord
    return frozenset(session.scalars(select(e.id).where(e.id.in_(ids), e.is_annulled)))


def _entries(session: Session, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    rows = session.execute(
        select(ApprovalMove.id, Approval.subject_id)
        .join(Approval, Approval.id == ApprovalMove.approval_id)
        .where(ApprovalMove.id.in_(ids), Approval.subject_kind == "entry")
    )
    return {row.id: row.subject_id for row in rows}


def _snippet(words: Sequence[str], terms: tuple[Term, ...]) -> tuple[tuple[str, bool], ...]:
    """The first of the texts that says a word of the query, around that word."""
    wanted = [term for term in terms if not term.is_excluded]
    hit = next((text for text in words if any(says(fold_text(text), (t,)) for t in wanted)), "")
    return marked(hit, terms)
