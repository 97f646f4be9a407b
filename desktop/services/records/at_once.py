"""An entry that a use case writes for somebody and hands in at once: a call taken for a colleague, a supervisor's instruction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput
from desktop.models.records import EntryRecord
from desktop.services.masters import lookup
from desktop.services.records import impacts, submission
from desktop.services.records.loading import load_entries
from desktop.services.records.subject import EntrySubject
from desktop.services.records.writing import Writing, store


def hand_in_at_once(
    session: Session, staff: SignedInStaff, given: EntryInput, now: datetime
) -> UUID:
    """Store the entry and submit it; the ticket of its file is committed. It says of itself that it touches no policy."""
    today = japan_day(now)
    results = lookup.result_codes(session, staff.office_id, today)
    kinds = lookup.entry_kinds(session, staff.office_id, today)
    record = store(session, given, Writing(staff=staff, at=now, results=dict(results)))
    entry = load_entries(
        session, staff, EntryRecord.id == record.id, version=record.version, today=today
    )[0]
    submission.check_for_submitting(entry, kinds[entry.kind], results)
    impacts.answer(session, record, Impact.NONE, staff, now)
    new = submission.described(session, record, entry, staff, today)
    moving.submit(session, EntrySubject(), new, by=staff.staff_id, at=now)
    return record.id
