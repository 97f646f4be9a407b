"""Use cases of the case record that keep everything in memory and remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from desktop.domain.audit import FieldChange, RecordHistory
from desktop.domain.briefs import Purpose
from desktop.domain.errors import ReasonNeededError, UserError
from desktop.domain.households import (
    CaseFile,
    HouseholdRow,
    HouseholdState,
    Identity,
    Member,
    Relation,
    Sex,
)
from desktop.domain.office import Period, StaffRow
from desktop.domain.phrases import PhraseBook
from desktop.domain.policy_events import Impact
from desktop.domain.records import (
    ChangeKind,
    Entry,
    EntryInput,
    EntryState,
    EntryVersionRow,
    SavedEntry,
    SegmentKind,
)
from desktop.domain.roles import Role
from desktop.domain.visit_times import RevisitTerms
from desktop.domain.wording import WordingRule
from desktop.views.records.ports import Drafting, RecordPorts
from tests.support.factories import LONG_AGO, TODAY, at
from tests.support.fakes_records import (
    CHILD,
    HEAD,
    HOUSEHOLD,
    KINDS,
    ME,
    RESULTS,
    SOMEBODY,
    an_id,
    segment,
)

IDENTITY = Identity(
    household_id=HOUSEHOLD,
    case_number="0123-4",
    head_name="試験 太郎",
    head_kana="シケン タロウ",
    district_code="01",
    district_name="架空一地区",
    caseworker="試験 担当",
    state=HouseholdState.RECEIVING,
)


def member(name: str, person_id: UUID, relation: Relation = Relation.CHILD) -> Member:
    """A member of the file."""
    return Member(
        member_id=an_id(name),
        person_id=person_id,
        person_number="1",
        name=name,
        kana="シケン",
        birth_date=date(1950, 1, 2),
        sex=Sex.UNKNOWN,
        relation=relation,
        is_head=relation is Relation.HEAD,
        period=Period(valid_from=LONG_AGO),
    )


class FakeRecords:
    """Entries in a dictionary. `refusals` are raised by the next call of that name."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = {entry.entry_id: entry for entry in entries}
        self.saved: list[EntryInput] = []
        self.calls: list[tuple[object, ...]] = []
        self.refusals: dict[str, UserError] = {}
        self.outside_duty: set[UUID] = set()
        self.reading_reasons: list[str] = []
        self.on_save: Callable[[EntryInput], object] = lambda given: None

    def revisit_terms(self, household_id, entry_id=None):
        """Nobody was absent before."""
        return RevisitTerms()

    def kinds(self):
        return KINDS

    def result_codes(self):
        return RESULTS

    def wording(self):
        return (WordingRule(word="怠惰", hint="評価です。事実を書きます。"),)

    def chronicle(self, household_id: UUID) -> tuple[Entry, ...]:
        self._refuse("chronicle")
        return tuple(self.entries.values())

    def entry(self, entry_id: UUID) -> Entry:
        return self.entries[entry_id]

    def at_version(self, entry_id: UUID, version: int) -> Entry:
        found = self.entries[entry_id]
        text = f"第{version}版の文。" if version != found.version else found.text(SegmentKind.FACTS)
        return replace(found, version=version, segments=(segment(SegmentKind.FACTS, text),))

    def versions(self, entry_id: UUID) -> tuple[EntryVersionRow, ...]:
        newest = self.entries[entry_id].version
        return tuple(
            EntryVersionRow(
                version=version,
                change=ChangeKind.WRITING,
                saved_at=at(TODAY),
                by="試験 担当",
                is_approved=version == newest,
                content_hash="",
            )
            for version in range(newest, 0, -1)
        )

    def blank(self, household_id: UUID, kind_code: str) -> EntryInput:
        kind = next(kind for kind in KINDS if kind.code == kind_code)
        return EntryInput(
            entry_id=an_id("new"),
            household_id=household_id,
            shown_version=0,
            kind=kind.code,
            event_on=TODAY,
            method=kind.method,
            place=kind.place,
            result_code=kind.default_result,
            went=(ME,),
            segments=tuple(
                segment(k, "定期訪問" if k is SegmentKind.SUBJECT else "") for k in kind.segments
            ),
        )

    def save(self, given: EntryInput) -> SavedEntry:
        self._refuse("save")
        self.saved.append(given)
        self.on_save(given)
        return SavedEntry(
            entry_id=given.entry_id,
            version=given.shown_version + 1,
            state=EntryState.DRAFT,
            saved_at=at(TODAY, 10),
        )

    def submit(self, entry_id: UUID, shown_version: int, impact: Impact) -> UUID:
        self._refuse("submit")
        self.calls.append(("submit", entry_id, shown_version, impact))
        return an_id("approval")

    def give_up_change(self, entry_id: UUID) -> None:
        self.calls.append(("give_up_change", entry_id))

    def withdraw(self, entry_id: UUID) -> SavedEntry:
        self._refuse("withdraw")
        self.calls.append(("withdraw", entry_id))
        entry = self.entries[entry_id] = replace(self.entries[entry_id], state=EntryState.DRAFT)
        return SavedEntry(
            entry_id=entry_id, version=entry.version, state=entry.state, saved_at=at(TODAY)
        )

    def start_correction(self, entry_id: UUID, reason: str) -> Entry:
        self._refuse("start_correction")
        self.calls.append(("start_correction", entry_id, reason))
        old = self.entries[entry_id]
        new = replace(
            old,
            version=old.version + 1,
            state=EntryState.DRAFT,
            change=ChangeKind.CORRECTION,
            segments=(*old.segments, segment(SegmentKind.REASON, reason)),
        )
        self.entries[entry_id] = new
        return new

    def keep_promise(self, promise_id: UUID, on: date) -> None:
        self._refuse("keep_promise")
        self.calls.append(("keep_promise", promise_id, on))

    def request_annulment(
        self,
        entry_id: UUID,
        reason: str,
        right_household_id: UUID | None,
        *,
        reading_reason: str = "",
    ) -> UUID:
        self._refuse("request_annulment")
        if right_household_id in self.outside_duty and not reading_reason:
            raise ReasonNeededError("担当外の世帯です。開く理由を選んでください。")
        self.reading_reasons.append(reading_reason)
        self.calls.append(("request_annulment", entry_id, reason, right_household_id))
        return an_id("approval")

    def _refuse(self, name: str) -> None:
        if name in self.refusals:
            raise self.refusals.pop(name)


class FakeFiles:
    """One file with two members."""

    def open_file(self, household_id: UUID, *, as_of: date | None = None, reason: str = ""):
        return CaseFile(
            identity=IDENTITY,
            as_of=TODAY,
            members=(member("試験 太郎", HEAD, Relation.HEAD), member("試験 花子", CHILD)),
            former_members=(),
            facts=(),
            marks=(),
            household_type=None,
        )

    def find(self, text: str, limit: int = 20) -> tuple[HouseholdRow, ...]:
        return (
            HouseholdRow(
                household_id=an_id("right"),
                case_number="0999-9",
                head_name="架空 次郎",
                head_kana="カクウ ジロウ",
                district_code="02",
                caseworker="",
                household_type=None,
                state=HouseholdState.RECEIVING,
                member_count=1,
            ),
        )


class FakeColleagues:
    """Two colleagues."""

    def colleagues(self, role: Role | None = None) -> tuple[StaffRow, ...]:
        return (
            StaffRow(staff_id=ME, name="試験 担当", role_label="地区担当員"),
            StaffRow(staff_id=SOMEBODY, name="架空 同行", role_label="査察指導員"),
        )


class FakeTodos:
    """Remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, str]] = []

    def consult(self, household_id: UUID, text: str = "") -> UUID:
        self.sent.append((household_id, text))
        return an_id("todo")


class FakeHistories:
    """A note written and put right; remembers what was asked for."""

    def __init__(self, *changes: FieldChange, is_kept: bool = True) -> None:
        self.history = RecordHistory(is_kept=is_kept, changes=changes)
        self.asked: list[UUID] = []
        self.refusal: UserError | None = None

    def record(self, household_id: UUID, entry_id: UUID) -> RecordHistory:
        self.asked.append(entry_id)
        if self.refusal is not None:
            raise self.refusal
        return self.history


class FakeReasons:
    """Two reasons of the office."""

    def in_force(self, table: str, on: date) -> dict[str, dict[str, object]]:
        return {"telephone": {"label": "電話対応"}, "help": {"label": "担当者の応援"}}


class FakePurposes:
    """What the next contact is for."""

    def __init__(self, given: tuple[Purpose, ...]) -> None:
        self.given = given

    def purposes(self, household_id: UUID) -> tuple[Purpose, ...]:
        """The same for every household."""
        return self.given


class FakePhrases:
    """One book of phrases for every household."""

    def __init__(self, given: PhraseBook) -> None:
        self.given = given

    def book(self, household_id: UUID) -> PhraseBook:
        return self.given


def make_ports(
    records: FakeRecords,
    todos: FakeTodos | None = None,
    histories: FakeHistories | None = None,
    purposes: tuple[Purpose, ...] = (),
    phrases: FakePhrases | None = None,
    drafting: Drafting | None = None,
) -> RecordPorts:
    """The screen's use cases with these records."""
    return RecordPorts(
        records=records,
        files=FakeFiles(),
        office=FakeColleagues(),
        todos=todos or FakeTodos(),
        reasons=FakeReasons(),
        histories=histories or FakeHistories(),
        duties=FakePurposes(purposes),
        phrases=phrases,
        drafting=drafting,
    )
