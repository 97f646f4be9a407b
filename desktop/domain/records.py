"""Contacts and the entries of the case record (接触・ケース記録)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.approvals import MoveRow, StampRow
from desktop.domain.wording import is_set_phrase_only


class EntryState(StrEnum):
    """Where an entry stands; `approved` means frozen."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class EntryOrigin(StrEnum):
    """Written here, or taken over read-only from the former system (旧システム記録)."""

    OFFICE = "office"
    LEGACY = "legacy"


class ChangeKind(StrEnum):
    """Why a version exists: writing, or one of the three ways to change what was approved."""

    WRITING = "writing"
    CORRECTION = "correction"
    ANNULMENT = "annulment"


class SegmentKind(StrEnum):
    """The parts of an entry, in the order of the paper (visits-records-approval 3.3)."""

    SUBJECT = "subject"
    FACTS = "facts"
    WORDS = "words"
    VIEW = "view"
    ADVICE = "advice"
    AGREED = "agreed"
    DECIDED = "decided"
    NEXT = "next"
    NOT_CONFIRMED = "not_confirmed"
    LEGACY = "legacy"
    REASON = "reason"


#: Segments that make up the body; the subject and the reason of a change are not part of it.
BODY_SEGMENTS = frozenset(SegmentKind) - {SegmentKind.SUBJECT, SegmentKind.REASON}


class ContactMethod(StrEnum):
    """How the contact came about; only `VISIT` can ever count as a home visit."""

    VISIT = "visit"
    OFFICE = "office"
    TELEPHONE_IN = "telephone_in"
    TELEPHONE_OUT = "telephone_out"
    LETTER_IN = "letter_in"
    LETTER_OUT = "letter_out"
    AGENCY = "agency"
    NONE = "none"


class Place(StrEnum):
    """Where it happened."""

    HOME = "home"
    DOOR = "door"
    OFFICE = "office"
    HOSPITAL = "hospital"
    FACILITY = "facility"
    AGENCY = "agency"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKind:
    """A kind of entry (記録種別) as the office has set it up; `segments` decide which parts show."""

    code: str
    label: str
    method: ContactMethod
    place: Place
    segments: tuple[SegmentKind, ...]
    asks: tuple[str, ...] = ()
    result_codes: tuple[str, ...] = ()
    default_result: str = ""
    in_bulk: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCode:
    """A result code (結果コード, section 2.6); `counts` says whether it is a real visit.

    `needs_revisit`: it is handed in with the day of the next visit; `is_urgent`: asked about on the same day (2.7).
    """

    code: str
    label: str
    counts: bool
    is_absence: bool = False
    next_step: str = ""
    needs_revisit: bool = False
    is_urgent: bool = False


#: The results beside which signs of danger (危険の兆候) may be ticked: nobody opened (2.7). 安否不明 is an emergency by itself.
DANGER_SIGN_RESULTS = frozenset({"21", "22"})
#: The result whose next step then holds as well: the emergency of the same day (2.6).
EMERGENCY_RESULT = "25"
#: What is said where an office has no words of its own for it.
EMERGENCY_STEP = "当日中に緊急対応する"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPerson:
    """Somebody met: a member by `person_id`, or anybody else by label (doctor, landlord, agency)."""

    label: str = field(repr=False)
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part of an entry. `segment_id` stays the same through all versions, so later things can point at it."""

    segment_id: UUID
    kind: SegmentKind
    text: str = field(repr=False)
    source: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise or next step (約束・宿題): who does what by when; `kept_on` once it was kept."""

    promise_id: UUID
    who: str
    what: str = field(repr=False)
    due_on: date | None = None
    kept_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInput:
    """What the editor hands in. `shown_version` is the version on the screen, 0 for a new entry.

    Times are minutes since midnight; `went` are the staff who went or spoke; `has_danger_signs` (危険の兆候あり) stands
    only beside a result at which nobody opened.
    """

    entry_id: UUID
    household_id: UUID
    shown_version: int
    kind: str
    event_on: date
    started_at: int | None = None
    ended_at: int | None = None
    method: ContactMethod
    place: Place
    result_code: str = ""
    has_danger_signs: bool = False
    met: tuple[MetPerson, ...] = ()
    went: tuple[UUID, ...] = ()
    segments: tuple[Segment, ...] = ()
    promises: tuple[Promise, ...] = ()
    relates_to: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRow:
    """A supervisor's instruction about an entry (指示事項) and what was done (指示事項への対応); `reply` is "" while it is open."""

    text: str = field(repr=False)
    due_on: date | None
    given_by: str = field(repr=False)
    given_on: date
    to: str = field(repr=False)
    reply: str = field(default="", repr=False)
    replied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as the chronicle, the editor and the review pane show it: one version with its parts.

    `version` is the one shown; `approved_version` the one that is valid, if any. A version above the
    approved one is a correction still under way. `replaced` are the segments that an approved correction
    changed, as they were approved before: they stay visible, struck through. `papers` are the received papers that it
    names, in words; `instructions` those of supervisors about it, each with its answer.
    """

    entry_id: UUID
    household_id: UUID
    number: int | None
    kind: str
    kind_label: str
    origin: EntryOrigin
    state: EntryState
    version: int
    approved_version: int | None
    change: ChangeKind
    event_on: date
    started_at: int | None
    ended_at: int | None
    recorded_at: datetime
    method: ContactMethod
    place: Place
    result_code: str
    result_label: str
    author_id: UUID | None
    author: str = field(repr=False)
    went: tuple[str, ...] = field(repr=False)
    went_ids: tuple[UUID, ...] = ()
    met: tuple[MetPerson, ...]
    segments: tuple[Segment, ...]
    replaced: tuple[Segment, ...] = ()
    promises: tuple[Promise, ...] = ()
    is_late: bool = False
    is_annulled: bool = False
    is_absence: bool = False
    has_danger_signs: bool = False
    relates_to: UUID | None = None
    moved_to: UUID | None = None
    approval_id: UUID | None = None
    content_hash: str = ""
    stamps: tuple[StampRow, ...] = ()
    notes: tuple[MoveRow, ...] = ()
    papers: tuple[str, ...] = ()
    instructions: tuple[InstructionRow, ...] = field(default=(), repr=False)

    def text(self, kind: SegmentKind) -> str:
        """The text of the segment of this kind, "" when there is none."""
        return next((s.text for s in self.segments if s.kind is kind), "")

    @property
    def subject(self) -> str:
        """The entry's subject line (件名・目的)."""
        return self.text(SegmentKind.SUBJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVersionRow:
    """One line of an entry's history."""

    version: int
    change: ChangeKind
    saved_at: datetime
    by: str = field(repr=False)
    is_approved: bool
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEntry:
    """What a save answers: the entry's new version and state."""

    entry_id: UUID
    version: int
    state: EntryState
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """An own entry that is not yet submitted, or came back."""

    entry_id: UUID
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    kind_label: str
    event_on: date
    state: EntryState
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMeasure:
    """What the radar may know about a body without reading it: length, digest, a 63-bit similarity sketch.

    `is_set_phrase` says that it holds nothing but set phrases (決まり文句).
    """

    length: int
    digest: str
    sketch: int
    is_set_phrase: bool


def body_text(segments: Iterable[Segment]) -> str:
    """The body of an entry: its segments' texts, one a line."""
    return "\n".join(s.text for s in segments if s.kind in BODY_SEGMENTS)


def measure_body(text: str) -> BodyMeasure:
    """Measures of a body for rules R05 and R06.

    The sketch is a simhash over character bigrams: bodies that share 90 % of their text differ in few bits.
    """
    plain = "".join(text.split())
    digest = hashlib.sha256(plain.encode("utf-8")).hexdigest()
    return BodyMeasure(
        length=len(plain),
        digest=digest,
        sketch=_simhash(plain),
        is_set_phrase=is_set_phrase_only(text),
    )


def _simhash(text: str, bits: int = 63) -> int:
    weights = [0] * bits
    for pair in {text[i : i + 2] for i in range(len(text) - 1)}:
        value = int.from_bytes(hashlib.blake2b(pair.encode("utf-8"), digest_size=8).digest(), "big")
        for bit in range(bits):
            weights[bit] += 1 if value >> bit & 1 else -1
    return sum(1 << bit for bit, weight in enumerate(weights) if weight > 0)
