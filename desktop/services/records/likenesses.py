"""Records that read nearly as the one to be approved (R06, asked at review): of the same file, or of another household.

Another household's record is looked at only where its measures say that it may be alike, and only within the reader's duty: of
the same author what is similar, of other authors what is word for word the same, as the radar pairs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.own_words import OfficeWords
from desktop.domain.records import (
    BODY_SEGMENTS,
    Entry,
    EntryOrigin,
    EntryState,
    SegmentKind,
    body_text,
)
from desktop.domain.review import Likeness
from desktop.domain.thresholds import Thresholds
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.services.duty import duty_households
from desktop.services.likeness import (
    MOST_OTHERS,
    MOST_TOLD,
    longest_shared,
    may_be_alike,
    office_words,
    percent_alike,
    size_of,
)
from desktop.services.records.loading import load_entries

_DAYS_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A record of another household whose measures are alike."""

    entry_id: UUID
    household_id: UUID
    case_number: str


def look_alikes(
    session: Session, staff: SignedInStaff, entry_id: UUID, limits: Thresholds
) -> tuple[LookAlike, ...]:
    """Records of other households that look alike by length and sketch, or have the same words, as R06 pairs them; facts alone."""
    e = EntryRecord
    this = session.get_one(e, entry_id)
    if this.body_length < limits.r06_characters:
        return ()
    allowed = 100 - limits.r06_percent
    span = timedelta(days=limits.r06_months * _DAYS_A_MONTH)
    # Bodies with one digest have one sketch, and only the sketch has an index.
    identical = and_(e.body_sketch == this.body_sketch, e.body_digest == this.body_digest)
    rows = session.execute(
        select(e.id, e.household_id, Household.case_number, e.body_length, e.body_sketch)
        .join(Household, Household.id == e.household_id)
        .where(
            or_(e.author_id == this.author_id, identical),
            e.state != EntryState.DRAFT,
            e.origin == EntryOrigin.OFFICE,
            e.is_annulled.is_(False),
            e.household_id != this.household_id,
            e.event_on.between(this.event_on - span, this.event_on + span),
            e.body_length >= limits.r06_characters,
            duty_households(staff),
        )
        .order_by(e.event_on.desc(), e.id.desc())
    )
    found = (
        LookAlike(row.id, row.household_id, row.case_number)
        for row in rows
        if may_be_alike(row.body_sketch, this.body_sketch, limits.r06_percent)
        and abs(row.body_length - this.body_length) * 100
        <= max(row.body_length, this.body_length) * allowed
    )
    return tuple(one for one, _ in zip(found, range(MOST_OTHERS), strict=False))


def likenesses_of(
    session: Session,
    staff: SignedInStaff,
    entry: Entry,
    recent: Sequence[Entry],
    limits: Thresholds,
    today: date,
) -> tuple[Likeness, ...]:
    """Those that read nearly the same, the most alike first. The files of the others are open."""
    words = office_words(session, staff.office_id, entry.kind, today)
    own = _own(words, entry)
    if size_of(own) < limits.r06_characters:
        return ()
    others = {o.entry_id: o for o in look_alikes(session, staff, entry.entry_id, limits)}
    elsewhere = (
        load_entries(session, staff, EntryRecord.id.in_(others), today=today) if others else ()
    )
    found = sorted(_alike(own, words, (*recent, *elsewhere), limits), key=lambda one: -one[0])
    return tuple(
        Likeness(
            other=other,
            percent=percent,
            passage=(passage := longest_shared(own, theirs)),
            part=_part_of(entry, passage),
            left_out=size_of(body_text(entry.segments)) - size_of(own),
            case_number=others[other.entry_id].case_number if other.entry_id in others else "",
            is_by_another=other.author_id != entry.author_id,
        )
        for percent, other, theirs in found[:MOST_TOLD]
    )


def _alike(
    own: str, words: OfficeWords, others: Sequence[Entry], limits: Thresholds
) -> Iterator[tuple[int, Entry, str]]:
    for other in others:
        theirs = _own(words, other)
        if other.is_annulled or size_of(theirs) < limits.r06_characters:
            continue
        percent = percent_alike(own, theirs)
        if percent >= limits.r06_percent:
            yield percent, other, theirs


def _own(words: OfficeWords, entry: Entry) -> str:
    return words.without(body_text(entry.segments))


def _part_of(entry: Entry, passage: str) -> SegmentKind:
    return next(
        (s.kind for s in entry.segments if s.kind in BODY_SEGMENTS and passage in s.text),
        SegmentKind.FACTS,
    )
