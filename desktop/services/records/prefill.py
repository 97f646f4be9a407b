"""A new entry with everything filled in that is already known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.era import format_date
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryInput, EntryKind, Segment, SegmentKind
from desktop.models.households import Member, Person
from desktop.models.records import Contact, EntryRecord
from desktop.services.households.identity import identities
from desktop.services.masters import lookup
from desktop.services.periods import holds_on


def blank_entry(
    session: Session, staff: SignedInStaff, household_id: UUID, kind: EntryKind, today: date
) -> EntryInput:
    """An entry of this kind for today by this person; the office's templates fill its segments."""
    known = known_words(session, staff, household_id, today)
    texts = lookup.template(session, staff.office_id, kind.code, today, known)
    return EntryInput(
        entry_id=new_id(),
        household_id=household_id,
        shown_version=0,
        kind=kind.code,
        event_on=today,
        method=kind.method,
        place=kind.place,
        result_code=kind.default_result,
        went=(staff.staff_id,),
        segments=tuple(
            Segment(segment_id=new_id(), kind=segment, text=_text(segment, kind, texts))
            for segment in kind.segments
        ),
    )


def _text(segment: SegmentKind, kind: EntryKind, texts: Mapping[SegmentKind, str]) -> str:
    return texts.get(segment, kind.subject if segment is SegmentKind.SUBJECT else "")


def known_words(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> dict[str, str]:
    """Slot → what is known for it about the household (`domain/template_slots.py`). The caller holds a ticket."""
    identity = identities(session, staff, [household_id], today, opened=True)[household_id]
    names = session.scalars(
        select(Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.birth_date)
    )
    last_met = session.scalar(
        select(Contact.happened_on)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            Contact.household_id == household_id,
            # Without this every entry of the database is looked at.
            EntryRecord.household_id == household_id,
            Contact.is_home_visit,
        )
        .order_by(Contact.happened_on.desc())
        .limit(1)
    )
    return {
        "世帯主": identity.head_name,
        "担当": identity.caseworker,
        "家族": "、".join(names),
        "前回面接日": format_date(last_met) if last_met else "",
        "今日": format_date(today),
    }
