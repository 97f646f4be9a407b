"""Where the desk gets its lines from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.approvals import QueueRow
from desktop.domain.errors import NotPermittedError
from desktop.domain.handovers import HandoverRow
from desktop.domain.households import HouseholdFilter, HouseholdState
from desktop.domain.instructions import InstructionGiven
from desktop.domain.masters import MasterRow, MasterTable
from desktop.domain.office import DistrictRow, SignedInStaff
from desktop.domain.policy_duties import ResultInput
from desktop.domain.printing import ReadyToPrint
from desktop.domain.records import DraftRow, Entry, EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import TodoRow
from desktop.domain.visit_plan_notices import PlanNotice
from desktop.domain.visit_plan_views import TodayVisits
from desktop.viewmodels.desk import DeskDraft, desk_drafts, return_reason
from desktop.viewmodels.masters import is_waiting
from desktop.viewmodels.radar import TeamFigures

#: Counting every district of a large office would hold the database for seconds; heads see the lists instead.
_MOST_DISTRICTS = 40
#: After a handover: the author alone finishes the record, in a file that is another's.
_OUTSIDE = "担当外の世帯です。Enterで開き、開く理由を選ぶと読めます。"
_CARED_FOR = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


class OwnRecords(Protocol):
    """The person's own entries."""

    def drafts(self) -> tuple[DraftRow, ...]:
        """Not submitted, or returned."""

    def entry(self, entry_id: UUID) -> Entry:
        """One entry with its notes."""

    def keep_promise(self, promise_id: UUID, on: date) -> None:
        """Note that a promise was kept."""


class Todos(Protocol):
    """The person's to-dos."""

    def mine(self) -> tuple[TodoRow, ...]:
        """The most urgent first."""

    def finish(self, todo_id: UUID, reply: str = "") -> None:
        """Close one."""


class Memos(Protocol):
    """Telephone memos."""

    def answer(self, memo_id: UUID, words: str = "") -> None:
        """Say what became of one."""


class Instructions(Protocol):
    """A supervisor's own instructions."""

    def ask_again(self, answer_id: UUID, text: str, due_on: date | None = None) -> InstructionGiven:
        """Once more, after an answer."""


class Handovers(Protocol):
    """Handovers of districts."""

    def handovers(self) -> tuple[HandoverRow, ...]:
        """Those that the person leads or takes part in."""


class Duties(Protocol):
    """What the policies in force ask for."""

    def note(self, given: ResultInput) -> None:
        """Note what became of an action."""


class Plans(Protocol):
    """The person's own plans of visits."""

    def notices(self) -> tuple[PlanNotice, ...]:
        """What came back, is missing, or was not handed in."""

    def today(self) -> TodayVisits:
        """What is still to be made today."""


class Queue(Protocol):
    """What waits for a decision."""

    def queue(self) -> tuple[QueueRow, ...]:
        """Oldest first."""


class Radar(Protocol):
    """The supervisor's radar."""

    def rules(self) -> tuple[RuleInfo, ...]:
        """What it asks about."""

    def findings(self) -> tuple[Finding, ...]:
        """What it found."""


class PrintQueue(Protocol):
    """What waits for paper."""

    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[ReadyToPrint, ...]:
        """Approved and never printed."""


class OfficeData(Protocol):
    """Dated office data."""

    def tables(self) -> tuple[MasterTable, ...]:
        """All tables."""

    def rows(self, table: str) -> tuple[MasterRow, ...]:
        """Every row of one."""


class Districts(Protocol):
    """The office's districts."""

    def districts(self) -> tuple[DistrictRow, ...]:
        """All by code."""


class HouseholdCount(Protocol):
    """How many households a filter finds."""

    def count(self, given: HouseholdFilter) -> int:
        """The number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSources:
    """The services that the desk asks."""

    records: OwnRecords
    todos: Todos
    memos: Memos
    instructions: Instructions
    handovers: Handovers
    duties: Duties
    plans: Plans
    approvals: Queue
    supervision: Radar
    printing: PrintQueue
    masters: OfficeData
    office: Districts
    households: HouseholdCount


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """What the person has to write and to do."""

    drafts: tuple[DeskDraft, ...]
    todos: tuple[TodoRow, ...]


def own_work(sources: DeskSources, *, writes: bool) -> OwnWork:
    """Drafts with the words of their return, and to-dos."""
    todos = sources.todos.mine()
    rows = sources.records.drafts() if writes else ()
    returned = [row.entry_id for row in rows if row.state is EntryState.RETURNED]
    reasons = {entry_id: _reason(sources.records, entry_id) for entry_id in returned}
    return OwnWork(drafts=desk_drafts(rows, todos, reasons), todos=todos)


def _reason(records: OwnRecords, entry_id: UUID) -> str:
    """How to read it where the file is no longer the person's duty: it opens with a reason for reading."""
    try:
        return return_reason(records.entry(entry_id))
    except NotPermittedError:
        return _OUTSIDE


def team_figures(sources: DeskSources, staff: SignedInStaff) -> TeamFigures:
    """The supervised districts with their households; the office's for whoever is over it, while they are few."""
    districts = tuple(
        d
        for d in sources.office.districts()
        if staff.is_office_wide or d.district_id in staff.supervised_district_ids
    )
    if len(districts) > _MOST_DISTRICTS:
        return TeamFigures(districts=(), households={})
    counted = {
        d.district_id: sources.households.count(
            HouseholdFilter(district_ids=(d.district_id,), states=_CARED_FOR)
        )
        for d in districts
    }
    return TeamFigures(districts=districts, households=counted)


def waiting_masters(masters: OfficeData) -> tuple[tuple[MasterTable, ...], tuple[MasterRow, ...]]:
    """All tables, and every row that waits for a second person."""
    tables = masters.tables()
    rows = tuple(row for table in tables for row in masters.rows(table.name) if is_waiting(row))
    return tables, rows
