"""A telephone call that somebody took for a colleague, filed as an entry of whoever took it and handed in at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryInput, MetPerson, Segment, SegmentKind
from desktop.domain.telephone_memos import ENTRY_KIND
from desktop.services.masters import lookup
from desktop.services.records.at_once import hand_in_at_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to be filed: who called, what about, and who took it where it was not the writer."""

    household_id: UUID
    who: str = field(repr=False)
    words: str = field(repr=False)
    source: str = field(default="", repr=False)


def file_call(session: Session, staff: SignedInStaff, call: Call, now: datetime) -> UUID | None:
    """Write the call down and hand it in; the ticket of its file is committed. None where the office has no such kind.

    Whether the support policy is touched is answered by whoever looks after the household, in what follows the call.
    """
    local = now.astimezone(JAPAN)
    today = local.date()
    kinds = lookup.entry_kinds(session, staff.office_id, today)
    kind = kinds.get(ENTRY_KIND)
    if kind is None:
        return None
    minute = local.hour * 60 + local.minute
    given = EntryInput(
        entry_id=new_id(),
        household_id=call.household_id,
        shown_version=0,
        kind=kind.code,
        event_on=today,
        started_at=None if call.source else minute,
        method=kind.method,
        place=kind.place,
        result_code=kind.default_result,
        met=(MetPerson(label=call.who),),
        went=(staff.staff_id,),
        segments=(
            Segment(
                segment_id=new_id(), kind=SegmentKind.FACTS, text=call.words, source=call.source
            ),
        ),
    )
    return hand_in_at_once(session, staff, given, now)
