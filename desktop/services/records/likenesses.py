"""Records that read nearly as the one to be approved (R06, asked at review): of the same file, or of another household by the same author.

What the office gave to write is taken out before: only what people wrote themselves is compared. Another household's record is looked at
only where its measures are alike and its file lies within the reader's duty; identical bodies of other authors are the radar's (R06).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
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
from desktop.domain.tick_reading import reader_of
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.services.duty import duty_households
from desktop.services.masters.lookup import in_force
from desktop.services.masters.lookup_ticks import tick_sheet
from desktop.services.records.loading import load_entries

_DAYS_A_MONTH = 31
#: So many of other households are compared, and so many likenesses told.
_MOST_OTHERS, _MOST_TOLD = 5, 3
_LONGEST_COMPARED = 4000


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A record of another household whose measures are alike."""

    entry_id: UUID
    household_id: UUID
    case_number: str


def look_alikes(
    session: Session, staff: SignedInStaff, entry_id: UUID, limits: Thresholds
) -> tuple[LookAlike, ...]:
    """Records of other households by the same author that look alike by length and sketch, as R06 pairs them; facts alone."""
    e = EntryRecord
    this = session.get_one(e, entry_id)
    if this.body_length < limits.r06_characters:
        return ()
    allowed = 100 - limits.r06_percent
    span = timedelta(days=limits.r06_months * _DAYS_A_MONTH)
    rows = session.execute(
        select(e.id, e.household_id, Household.case_number, e.body_length, e.body_sketch)
        .join(Household, Household.id == e.household_id)
        .where(
            e.author_id == this.author_id,
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
        if (row.body_sketch ^ this.body_sketch).bit_count() <= allowed
        and abs(row.body_length - this.body_length) * 100
        <= max(row.body_length, this.body_length) * allowed
    )
    return tuple(one for one, _ in zip(found, range(_MOST_OTHERS), strict=False))


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
    if _size(own) < limits.r06_characters:
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
            passage=passage,
            part=_part_of(entry, passage),
            left_out=_size(body_text(entry.segments)) - _size(own),
            case_number=others[other.entry_id].case_number if other.entry_id in others else "",
        )
        for percent, other, passage in found[:_MOST_TOLD]
    )


def office_words(session: Session, office_id: UUID, kind: str, on: date) -> OfficeWords:
    """What the office gives to write in an entry of this kind."""
    template = in_force(session, office_id, Master.TEMPLATES, on).get(kind, {})
    phrases = (row.get("text") for row in in_force(session, office_id, Master.PHRASES, on).values())
    given = (str(text) for text in (*template.values(), *phrases) if text)
    return OfficeWords(reader_of(tick_sheet(session, office_id, on)), tuple(given))


def _alike(
    own: str, words: OfficeWords, others: Sequence[Entry], limits: Thresholds
) -> Iterator[tuple[int, Entry, str]]:
    for other in others:
        theirs = _own(words, other)
        if other.is_annulled or _size(theirs) < limits.r06_characters:
            continue
        percent = int(fuzz.ratio(own, theirs))
        if percent >= limits.r06_percent:
            yield percent, other, _longest_shared(own, theirs)


def _own(words: OfficeWords, entry: Entry) -> str:
    return words.without(body_text(entry.segments))


def _size(text: str) -> int:
    return len("".join(text.split()))


def _longest_shared(one: str, other: str) -> str:
    """The longest stretch within a line that both texts have."""
    one, other = one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED]
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return max(one[match.a : match.a + match.size].split("\n"), key=len).strip()


def _part_of(entry: Entry, passage: str) -> SegmentKind:
    return next(
        (s.kind for s in entry.segments if s.kind in BODY_SEGMENTS and passage in s.text),
        SegmentKind.FACTS,
    )
