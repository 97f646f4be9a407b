"""One disclosure request under preparation: a file in which an agency told something, asked for by its head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.disclosures import DisclosureState, Requester
from desktop.domain.disclosures_marks import Part, Verdict
from desktop.domain.papers import fiscal_year
from desktop.domain.records import ContactMethod, SegmentKind
from desktop.domain.roles import Role
from desktop.models.disclosures import Disclosure, DisclosureMark, DisclosureText
from desktop.models.households import Member, Person
from desktop.models.office import StaffRole
from desktop.models.records import Contact, EntryRecord, SegmentText

_MONTHS, _DAYS_AGO, _DAYS = 12, 20, 30
_REASON = "78-1-7"


def ask_disclosure(
    session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID]
) -> dict[str, int]:
    """Write the request with a first mark, and return the rows by table; nothing where no file fits."""
    clerk, found = _clerk(session, office_id), _file(session, office_id, today)
    if clerk is None or found is None:
        return {}
    household_id, head = found
    asked_on = today - timedelta(days=_DAYS_AGO)
    at = datetime.combine(asked_on, time(9, 40), tzinfo=JAPAN)
    owner = {"office_id": office_id, "household_id": household_id}
    request = Disclosure(
        id=new_id(),
        person_id=head.id,
        fiscal_year=fiscal_year(asked_on),
        number=1,
        requester=Requester.PRINCIPAL,
        asked_on=asked_on,
        records_from=months_later(asked_on, -_MONTHS),
        records_to=asked_on,
        due_on=asked_on + timedelta(days=_DAYS),
        state=DisclosureState.PREPARING,
        prepared_by=clerk,
        prepared_at=at,
        content_hash="",
        **owner,
    )
    session.add(request)
    session.flush()
    session.add(DisclosureText(disclosure_id=request.id, asked_by=head.name, **owner))
    marked = _mark(session, request, new_id(), at)
    session.flush()
    return {"disclosure": 1, "disclosure_text": 1, "disclosure_mark": marked}


def _mark(session: Session, request: Disclosure, mark_id: UUID, at: datetime) -> int:
    """The first view of the period struck, so that the screen shows what a mark looks like."""
    e, t = EntryRecord, SegmentText
    view = session.execute(
        select(t.entry_id, t.version, t.segment_id)
        .join(e, (e.id == t.entry_id) & (e.approved_version == t.version))
        .where(
            e.household_id == request.household_id,
            e.event_on.between(request.records_from, request.records_to),
            e.is_annulled.is_(False),
            t.kind == SegmentKind.VIEW,
            t.text != "",
        )
        .order_by(e.event_on, e.id)
        .limit(1)
    ).first()
    if view is None:
        return 0
    session.add(
        DisclosureMark(
            id=mark_id,
            office_id=request.office_id,
            household_id=request.household_id,
            disclosure_id=request.id,
            entry_id=view.entry_id,
            version=view.version,
            part=Part.TEXT,
            segment_id=view.segment_id,
            verdict=Verdict.STRUCK,
            reason=_REASON,
            note="支援の見立てのため。確認をお願いします。",
            made_by=request.prepared_by,
            made_at=at,
        )
    )
    return 1


def _clerk(session: Session, office_id: UUID) -> UUID | None:
    found = select(StaffRole.staff_id).where(
        StaffRole.office_id == office_id, StaffRole.role == Role.RECORDS_STAFF
    )
    return session.scalar(found.order_by(StaffRole.staff_id).limit(1))


def _file(session: Session, office_id: UUID, today: date) -> tuple[UUID, Person] | None:
    """The household of which agencies told most in a year, and its head."""
    e, c, m = EntryRecord, Contact, Member
    told = func.count(e.id)
    row = session.execute(
        select(m.household_id, Person)
        .join(Person, Person.id == m.person_id)
        .join(e, e.household_id == m.household_id)
        .join(c, c.id == e.contact_id)
        .where(
            m.office_id == office_id,
            m.is_head,
            m.valid_to.is_(None),
            e.approved_version.is_not(None),
            e.is_annulled.is_(False),
            e.event_on.between(months_later(today, -_MONTHS), today - timedelta(days=_DAYS_AGO)),
            c.method == ContactMethod.AGENCY,
        )
        .group_by(m.household_id, Person.id)
        .order_by(told.desc(), m.household_id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])
