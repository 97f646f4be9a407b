"""What the screens of the case record ask of the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.agency_contacts import AgencyContact
from desktop.domain.audit import RecordHistory
from desktop.domain.briefs import Purpose
from desktop.domain.entry_structures import EntryStructure
from desktop.domain.households import CaseFile, HouseholdRow, HouseholdType, Member
from desktop.domain.income_months import IncomeInput
from desktop.domain.office import StaffRow
from desktop.domain.paper_links import PaperOfEntry
from desktop.domain.phrases import PhraseBook
from desktop.domain.policy_events import Impact
from desktop.domain.records import (
    Entry,
    EntryInput,
    EntryKind,
    EntryVersionRow,
    ResultCode,
    SavedEntry,
)
from desktop.domain.roles import Role
from desktop.domain.ticks import TickSheet
from desktop.domain.visit_questions import is_head_away
from desktop.domain.visit_times import RevisitTerms
from desktop.domain.wording import WordingRule


class RecordDesk(Protocol):
    """Reads and writes entries (`services/records`)."""

    def kinds(self) -> tuple[EntryKind, ...]:
        """The kinds in force."""

    def result_codes(self) -> tuple[ResultCode, ...]:
        """The result codes in force."""

    def wording(self) -> tuple[WordingRule, ...]:
        """The words to reconsider."""

    def chronicle(self, household_id: UUID) -> tuple[Entry, ...]:
        """The file's entries, oldest first."""

    def entry(self, entry_id: UUID) -> Entry:
        """One entry in its newest version."""

    def at_version(self, entry_id: UUID, version: int) -> Entry:
        """One entry as an earlier version said it."""

    def versions(self, entry_id: UUID) -> tuple[EntryVersionRow, ...]:
        """Every version, newest first."""

    def blank(self, household_id: UUID, kind_code: str) -> EntryInput:
        """A new entry with what is known filled in."""

    def save(self, given: EntryInput) -> SavedEntry:
        """Store the next version."""

    def submit(self, entry_id: UUID, shown_version: int, impact: Impact) -> UUID:
        """Hand in for approval."""

    def revisit_terms(self, household_id: UUID, entry_id: UUID | None = None) -> RevisitTerms:
        """What a proposal of the next visit after an absence needs to know."""

    def withdraw(self, entry_id: UUID) -> SavedEntry:
        """Take back before the first stamp."""

    def start_correction(self, entry_id: UUID, reason: str) -> Entry:
        """Begin a correction."""

    def give_up_change(self, entry_id: UUID) -> None:
        """End a correction or annulment that is not handed in."""

    def keep_promise(self, promise_id: UUID, on: date) -> None:
        """Note that a promise was kept."""

    def request_annulment(
        self,
        entry_id: UUID,
        reason: str,
        right_household_id: UUID | None,
        *,
        reading_reason: str = "",
    ) -> UUID:
        """Ask to close an entry of the wrong file; ReasonNeededError when a file outside the duty needs one."""


class Finds(Protocol):
    """Finds households (`services/households`)."""

    def find(self, text: str, limit: int = 20) -> tuple[HouseholdRow, ...]:
        """The best matches in any state."""


class Files(Finds, Protocol):
    """Opens and finds files (`services/households`)."""

    def open_file(
        self, household_id: UUID, *, as_of: date | None = None, reason: str = ""
    ) -> CaseFile:
        """The file."""


class Colleagues(Protocol):
    """Knows the staff (`services/office`)."""

    def colleagues(self, role: Role | None = None) -> tuple[StaffRow, ...]:
        """Everybody who holds a role today."""


class Consulting(Protocol):
    """Sends a file to the supervisor (`services/todos`)."""

    def consult(self, household_id: UUID, text: str = "") -> UUID:
        """A to-do for the household's supervisor."""


class Purposes(Protocol):
    """Knows what the next contact is for (`services/support_policies`)."""

    def purposes(self, household_id: UUID) -> tuple[Purpose, ...]:
        """The most urgent first."""


class Reasons(Protocol):
    """Knows the office's list of reasons for reading (`services/masters`)."""

    def in_force(self, table: str, on: date) -> Mapping[str, Mapping[str, object]]:
        """Key → fields of the rows in force."""


class Histories(Protocol):
    """Reads the audit trail (`services/audit`); each asking is noted there."""

    def record(self, household_id: UUID, entry_id: UUID) -> RecordHistory:
        """What happened to an entry, field by field."""


class Ticking(Protocol):
    """Knows what can be ticked (`services/records/ticks`)."""

    def sheet(self) -> TickSheet:
        """The office's subjects, sources and grammar."""


class KnowsAgencies(Protocol):
    """Knows the agencies of a household (`services/records/agencies`)."""

    def agencies(self, household_id: UUID) -> tuple[AgencyContact, ...]:
        """The latest contact first."""


class KeepsIncome(Protocol):
    """Keeps what somebody earned in a month (`services/income_months`)."""

    def add(self, given: IncomeInput) -> None:
        """Keep an amount; ValidationError where the month has one."""


class PapersOfRecord(Protocol):
    """Knows which papers entries name, and names them (`services/papers`)."""

    def of_entries(self, household_id: UUID) -> Mapping[UUID, tuple[PaperOfEntry, ...]]:
        """Entry → its papers."""

    def unsettled(self, household_id: UUID) -> tuple[PaperOfEntry, ...]:
        """The papers that a record written now may name."""

    def link_entry(self, entry_id: UUID, paper_ids: Sequence[UUID]) -> None:
        """Name papers in an entry."""


class Phrases(Protocol):
    """Knows the set phrases (`services/phrases`)."""

    def book(self, household_id: UUID) -> PhraseBook:
        """The phrases for an entry of this household."""


class Drafting(Protocol):
    """Helps while an entry is written (`services/records`)."""

    def structure(self, household_id: UUID, kind: str) -> EntryStructure | None:
        """The structure of the last entry of this kind that was handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPorts:
    """The use cases that the case record's screens need. Without `papers` records show and name none, without `phrases` none is put in, without `drafting` nothing is taken over, without `ticks` nothing can be ticked, without `incomes` pay slips note no earned income, without `agencies` none is offered."""

    records: RecordDesk
    files: Files
    office: Colleagues
    todos: Consulting
    reasons: Reasons
    histories: Histories
    papers: PapersOfRecord | None = None
    phrases: Phrases | None = None
    drafting: Drafting | None = None
    duties: Purposes
    ticks: Ticking | None = None
    incomes: KeepsIncome | None = None
    agencies: KnowsAgencies | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the editor offers: kinds, results, wording, members of the file, colleagues, whose desk it is, purposes, when to come again after an absence, set phrases, what can be ticked about a household of this type and where its head lives, its agencies, and who keeps the incomes of pay slips."""

    kinds: tuple[EntryKind, ...]
    results: tuple[ResultCode, ...]
    wording: tuple[WordingRule, ...]
    members: tuple[Member, ...]
    colleagues: tuple[StaffRow, ...]
    staff_id: UUID
    papers: tuple[PaperOfEntry, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    revisit: RevisitTerms = field(default_factory=RevisitTerms)
    phrases: PhraseBook = field(default_factory=PhraseBook)
    household_type: HouseholdType | None = None
    is_head_away: bool = False
    ticks: TickSheet | None = None
    agencies: tuple[AgencyContact, ...] = ()
    incomes: KeepsIncome | None = None

    def kind(self, code: str) -> EntryKind | None:
        """The kind of this code; None when it is no longer in force."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def load_chronicle(ports: RecordPorts, household_id: UUID) -> tuple[Entry, ...]:
    """The file's entries, oldest first, each with the papers that it names; runs in a job."""
    entries = ports.records.chronicle(household_id)
    named = ports.papers.of_entries(household_id) if ports.papers is not None else {}
    return tuple(
        replace(entry, papers=tuple(paper.label for paper in named[entry.entry_id]))
        if entry.entry_id in named
        else entry
        for entry in entries
    )


def load_material(
    ports: RecordPorts, household_id: UUID, staff_id: UUID, entry_id: UUID | None = None
) -> Material:
    """Ask for all of it; runs in a job. `entry_id`: the entry that is gone on with."""
    file = ports.files.open_file(household_id)
    return Material(
        kinds=ports.records.kinds(),
        results=ports.records.result_codes(),
        wording=ports.records.wording(),
        members=file.members,
        household_type=file.household_type,
        is_head_away=is_head_away(file),
        incomes=ports.incomes,
        agencies=ports.agencies.agencies(household_id) if ports.agencies is not None else (),
        ticks=ports.ticks.sheet() if ports.ticks is not None else None,
        colleagues=ports.office.colleagues(),
        staff_id=staff_id,
        papers=ports.papers.unsettled(household_id) if ports.papers is not None else (),
        purposes=ports.duties.purposes(household_id),
        revisit=ports.records.revisit_terms(household_id, entry_id),
        phrases=ports.phrases.book(household_id) if ports.phrases is not None else PhraseBook(),
    )
