"""What a disclosure request is about where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import Move
from desktop.domain.canonical import digest
from desktop.domain.disclosures_marks import Part, PartKey, Verdict
from desktop.domain.records import ContactMethod, Place, SegmentKind
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote
from desktop.models.disclosures import Disclosure, DisclosureMark
from desktop.models.records import Contact, ContactMet, EntryRecord, EntryVersion, SegmentText

_WHITE = " \t\n\r\u3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeEntry:
    """An entry of the copy in its valid version, with what makes its parts wait for a decision."""

    entry_id: UUID
    version: int
    content_hash: str
    contact_id: UUID | None = None
    is_agency: bool = False
    has_others: bool = False


def scope(session: Session, request: Disclosure) -> list[ScopeEntry]:
    """The approved, not annulled entries of the period."""
    e, v, c = EntryRecord, EntryVersion, Contact
    rows = session.execute(
        select(e.id, e.approved_version, func.coalesce(v.content_hash, e.content_hash), c)
        .outerjoin(v, and_(v.entry_id == e.id, v.version == e.approved_version))
        .outerjoin(c, c.id == func.coalesce(v.contact_id, e.contact_id))
        .where(
            e.household_id == request.household_id,
            e.event_on.between(request.records_from, request.records_to),
            e.approved_version.is_not(None),
            e.is_annulled.is_(False),
        )
        .order_by(e.id)
    ).all()
    return [
        _scope_entry(session, request, entry_id, version or 0, content_hash, contact)
        for entry_id, version, content_hash, contact in rows
    ]


def _scope_entry(
    session: Session,
    request: Disclosure,
    entry_id: UUID,
    version: int,
    content_hash: str,
    contact: Contact | None,
) -> ScopeEntry:
    if contact is None:
        return ScopeEntry(entry_id=entry_id, version=version, content_hash=content_hash)
    return ScopeEntry(
        entry_id=entry_id,
        version=version,
        content_hash=content_hash,
        contact_id=contact.id,
        is_agency=contact.method is ContactMethod.AGENCY or contact.place is Place.AGENCY,
        has_others=_has_others(session, contact.id, request.person_id),
    )


def part_text(session: Session, request: Disclosure, key: PartKey) -> str | None:
    """A part as it is stored, None for one that is not in the copy; of place and author only that there is one."""
    entry = next((s for s in scope(session, request) if s.entry_id == key.entry_id), None)
    if entry is None or entry.version != key.version:
        return None
    return _text_of(session, entry, key.part, key.segment_id)


def undecided(session: Session, request: Disclosure) -> int:
    """How many parts wait for a decision."""
    marks = standing(session, request.id)
    decided = {_key(mark) for mark in marks}
    return len(_targets(session, scope(session, request), marks) - decided)


def content_hash(session: Session, request: Disclosure) -> str:
    """What a second look and the issue stand for."""
    r = request
    return digest(
        {
            "request": [
                *(r.id, r.household_id, r.person_id, r.requester, r.records_from, r.records_to)
            ],
            "entries": [
                [
                    s.entry_id,
                    s.version,
                    s.content_hash,
                    _text_of(session, s, Part.INSTRUCTION, None),
                ]
                for s in scope(session, request)
            ],
            "marks": [
                [
                    *(m.id, m.entry_id, m.version, m.part, m.segment_id, m.start_at, m.end_at),
                    *(m.verdict, m.reason, m.note),
                ]
                for m in standing(session, request.id)
            ],
        }
    )


def standing(session: Session, disclosure_id: UUID) -> list[DisclosureMark]:
    """The marks that were not lifted."""
    m = DisclosureMark
    found = select(m).where(m.disclosure_id == disclosure_id, m.lifted_at.is_(None)).order_by(m.id)
    return list(session.scalars(found))


def _targets(
    session: Session, entries: Iterable[ScopeEntry], marks: Iterable[DisclosureMark]
) -> set[PartKey]:
    struck = [m for m in marks if m.verdict is Verdict.STRUCK]
    found: set[PartKey] = set()
    for entry in entries:
        stale = [m for m in struck if m.entry_id == entry.entry_id and m.version != entry.version]
        for segment in _segments(session, entry):
            waits = entry.is_agency or entry.has_others or bool(stale)
            waits = waits or segment.kind is SegmentKind.LEGACY or bool(_trimmed(segment.source))
            if waits and _trimmed(segment.text):
                found.add(_of(entry, Part.TEXT, segment.segment_id))
        fields = {(m.part, m.segment_id) for m in stale if m.part is not Part.TEXT}
        if entry.has_others:
            fields.add((Part.MET, None))
        found |= {
            _of(entry, part, segment_id)
            for part, segment_id in fields
            if _trimmed(_text_of(session, entry, part, segment_id) or "")
        }
    return found


def _of(entry: ScopeEntry, part: Part, segment_id: UUID | None) -> PartKey:
    return PartKey(entry_id=entry.entry_id, version=entry.version, part=part, segment_id=segment_id)


def _key(mark: DisclosureMark) -> PartKey:
    return PartKey(
        entry_id=mark.entry_id, version=mark.version, part=mark.part, segment_id=mark.segment_id
    )


def _text_of(
    session: Session, entry: ScopeEntry, part: Part, segment_id: UUID | None
) -> str | None:
    if part in {Part.TEXT, Part.SOURCE}:
        found = (s for s in _segments(session, entry) if s.segment_id == segment_id)
        segment = next(found, None)
        if segment is None:
            return None
        return segment.text if part is Part.TEXT else segment.source
    if segment_id is not None:
        return None
    if part is Part.MET:
        labels = select(ContactMet.label).where(ContactMet.contact_id == entry.contact_id)
        return "、".join(session.scalars(labels.order_by(ContactMet.id))) or None
    if part is Part.INSTRUCTION:
        return _instructions(session, entry.entry_id)
    return "*" if part is Part.AUTHOR or _has_place(session, entry) else None


def _segments(session: Session, entry: ScopeEntry) -> list[SegmentText]:
    t = SegmentText
    found = select(t).where(t.entry_id == entry.entry_id, t.version == entry.version)
    return list(session.scalars(found))


def _instructions(session: Session, entry_id: UUID) -> str | None:
    a, m, n = Approval, ApprovalMove, ApprovalNote
    found = session.scalars(
        select(n.text)
        .join(m, m.id == n.move_id)
        .join(a, a.id == m.approval_id)
        .where(
            a.subject_kind == "entry",
            a.subject_id == entry_id,
            m.move == Move.APPROVE_WITH_INSTRUCTION,
            n.text != "",
        )
        .order_by(a.round, m.at, m.id)
    )
    return "\n".join(found) or None


def _has_place(session: Session, entry: ScopeEntry) -> bool:
    contact = session.get(Contact, entry.contact_id) if entry.contact_id else None
    return contact is not None and (
        contact.place is not Place.NONE
        or contact.method is not ContactMethod.NONE
        or contact.result_code != ""
    )


def _has_others(session: Session, contact_id: UUID, person_id: UUID) -> bool:
    people = session.scalars(
        select(ContactMet.person_id).where(ContactMet.contact_id == contact_id)
    )
    return any(each != person_id for each in people)


def _trimmed(text: str) -> str:
    return text.strip(_WHITE)
