"""Makes the households of one team after another, with everything that is told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from random import Random

from desktop.database.shipped import shipped_rows
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.records import ContactMethod, EntryKind, Place
from desktop.domain.roles import Role
from desktop.services.training.approval_rows import ApprovalRows
from desktop.services.training.case_maker import CaseMaker
from desktop.services.training.case_rows import CaseRows
from desktop.services.training.cases import Case
from desktop.services.training.declaration_calendar import DeclarationCalendar
from desktop.services.training.declaration_rows import DeclarationRows
from desktop.services.training.duty_rows import DutyRows
from desktop.services.training.entry_rows import EntryRows
from desktop.services.training.families import FamilyMaker
from desktop.services.training.ids import IdMaker
from desktop.services.training.inquiry_rows import InquiryRows
from desktop.services.training.measure import Measurer
from desktop.services.training.paper_story import PaperStory, ToldPaper
from desktop.services.training.plan import OfficePlan, teams
from desktop.services.training.planted_texts import PlantedTexts
from desktop.services.training.plants import PlantList
from desktop.services.training.policy_calendar import PolicyCalendar
from desktop.services.training.policy_rows import PolicyRows
from desktop.services.training.policy_writer import PolicyWriter
from desktop.services.training.printer import Printer
from desktop.services.training.rows import Rows, WriteRows
from desktop.services.training.staffing import AWAY, VACANT
from desktop.services.training.story import Event, StoryTeller
from desktop.services.training.texts import Writer
from desktop.services.training.transfer_story import ToldTransfer, TransferStory
from desktop.services.training.visit_story import VisitStory
from desktop.services.training.visit_truth import VisitTruth
from desktop.services.training.writing_guard import WritingGuard

#: Households whose rows are handed on together: some 15,000 rows.
_PORTION = 50
_MET = frozenset({"visit", "revisit", "door", "institution"})


@dataclass(slots=True)
class TeamResult:
    """Counts of a team's households, and what the office's own rows need to know of them."""

    households: int = 0
    persons: int = 0
    entries: int = 0
    printed: Mapping[str, int] = field(default_factory=dict)
    planted: PlantList = field(default_factory=PlantList)
    #: The id of one household by the number of its district.
    some_cases: dict[int, str] = field(default_factory=dict)
    #: Sketches of what was written lately.
    sketches: Set[int] = frozenset()
    #: Papers, which get their numbers when all teams are told.
    papers: list[ToldPaper] = field(default_factory=list)
    #: Transfers, likewise.
    transfers: list[ToldTransfer] = field(default_factory=list)


class TeamMaker:
    """All the makers, joined, for the households of one team.

    What it makes depends on nothing outside the team but the sketches `elsewhere`, of bodies that may not come again.
    """

    def __init__(
        self, plan: OfficePlan, write: WriteRows, elsewhere: Set[int] = frozenset()
    ) -> None:
        wish, self._plan = plan.wish, plan
        self._guard = WritingGuard(wish.today, elsewhere)
        self._ids, self._rows = IdMaker(wish.seed, wish.today), Rows(write)
        self._cases = CaseMaker(
            ids=self._ids,
            families=FamilyMaker(self._ids, plan.names, wish.today),
            towns=plan.towns,
            teams=teams(plan.staffing),
            days=plan.days,
            allotment=plan.allotment,
            seed=wish.seed,
        )
        self._story = StoryTeller(
            plan.bank, plan.days, wish.entries_per_year, VisitStory(plan.days).rewrite
        )
        self._found = TeamResult()
        self._texts = PlantedTexts(plan.bank, self._found.planted, wish.today)
        away = {officer.id: since for officer, _, since in plan.staffing.absences}
        self._visits = VisitTruth(wish.today, self._found.planted, away)
        self._printer = Printer(plan.batches)
        self._case_rows = CaseRows(
            self._rows, self._ids, plan.office_id, plan.days, plan.staffing.posts
        )
        self._calendar = PolicyCalendar(plan.days, self._found.planted)
        self._declarations = DeclarationCalendar(plan.days, self._found.planted)
        self._declaration_rows = DeclarationRows(self._rows, self._ids, plan.office_id, plan.days)
        self._papers = PaperStory(self._ids, plan.days, plan.staffing.posts, self._found.planted)
        self._transfers = TransferStory(self._ids, plan.days, self._found.planted)
        self._inquiries = InquiryRows(
            self._rows,
            self._ids,
            plan.office_id,
            plan.days,
            plan.staffing.posts,
            self._found.planted,
        )
        self._measurer = Measurer()
        self._policy_writer = PolicyWriter(plan.bank, self._ids, self._measurer, wish.today)
        self._entry_rows: EntryRows
        self._policy_rows: PolicyRows

    def make(self, numbers: Sequence[int], tick: Callable[[int], object]) -> TeamResult:
        """Make the households with these numbers; `tick(done)` is called between portions and may raise."""
        approvals = self._make_approvals()
        self._entry_rows = self._make_entry_rows(numbers[0], approvals)
        self._policy_rows = PolicyRows(
            rows=self._rows,
            ids=self._ids,
            office_id=self._plan.office_id,
            days=self._plan.days,
            writer=self._policy_writer,
            approvals=approvals,
            duties=DutyRows(
                rows=self._rows,
                ids=self._ids,
                office_id=self._plan.office_id,
                days=self._plan.days,
                writer=self._policy_writer,
                found=self._found.planted,
            ),
            printer=self._printer,
        )
        for done, number in enumerate(numbers):
            if done % _PORTION == 0:
                self._rows.flush()
                tick(done)
            case = self._one(number)
            self._found.some_cases.setdefault(case.district.index, case.id)
        self._rows.flush()
        self._found.households = len(numbers)
        self._found.persons, self._found.entries = self._case_rows.persons, self._entry_rows.entries
        self._found.sketches = self._guard.written
        self._found.printed = dict(self._printer.printed)
        return self._found

    def _one(self, number: int) -> Case:
        case, chance = self._cases.case(number)
        moves = self._plan.transfer_plants.get(number, ())
        about_moves = Random(f"{self._plan.wish.seed}/{number}/transfers")
        told = [self._transfers.of(about_moves, case, plant) for plant in moves]
        self._found.transfers.extend(filter(None, told))
        events = self._story.events(chance, case)
        about_policies = Random(f"{self._plan.wish.seed}/{number}/policies")
        policies = self._calendar.of(about_policies, case)
        last_met = self._last_met(events)
        self._case_rows.add(case, last_met, policies.ledger_on)
        self._entry_rows.add(chance, case, events)
        taken_over = self._case_rows.taken_over_on(case)
        self._visits.note(
            case, self._entry_rows.meetings, last_met if taken_over else None, taken_over
        )
        self._case_rows.add_person_assignments(chance, case)
        self._policy_rows.add(about_policies, case, policies.dates, self._entry_rows.sources)
        self._note(case)
        about_declarations = Random(f"{self._plan.wish.seed}/{number}/declarations")
        duties = self._declarations.of(about_declarations, case)
        self._declaration_rows.add(about_declarations, case, duties)
        self._found.papers.extend(
            self._papers.of(
                Random(f"{self._plan.wish.seed}/{number}/papers"),
                case,
                self._plan.paper_plants.get(number, ()),
                self._entry_rows.sources,
            )
        )
        self._inquiries.add(
            Random(f"{self._plan.wish.seed}/{number}/inquiries"),
            case,
            self._plan.inquiry_plants.get(number, ()),
        )
        return case

    def _last_met(self, events: list[Event]) -> date | None:
        """The last visit before the take-over."""
        before = (e.day for e in events if e.group in _MET and e.day < self._plan.days.taken_over)
        return max(before, default=None)

    def _note(self, case: Case) -> None:
        self._texts.moved_without_handover(case)
        if case.state is not HouseholdState.RECEIVING:
            return
        if case.district.special == VACANT:
            until = case.district.tenures[-1].until
            if until:
                since = max(date.fromordinal(until.toordinal() + 1), case.began)
                self._texts.nobody_in_charge(case, since, is_near=False)
        elif case.district.special == AWAY:
            away_since = self._plan.staffing.absences[0][2]
            self._texts.nobody_in_charge(case, away_since, is_near=True)

    def _make_approvals(self) -> ApprovalRows:
        plan = self._plan
        return ApprovalRows(
            rows=self._rows,
            ids=self._ids,
            office_id=plan.office_id,
            days=plan.days,
            bank=plan.bank,
            posts=plan.staffing.posts,
            routes=_routes(),
        )

    def _make_entry_rows(self, household: int, approvals: ApprovalRows) -> EntryRows:
        plan = self._plan
        return EntryRows(
            rows=self._rows,
            ids=self._ids,
            office_id=plan.office_id,
            days=plan.days,
            writer=Writer(plan.bank, plan.reported_to(household)),
            kinds=_kinds(),
            approvals=approvals,
            planted=self._texts,
            printer=self._printer,
            guard=self._guard,
            measurer=self._measurer,
        )


def _kinds() -> Mapping[str, EntryKind]:
    return {
        row.key: EntryKind(
            code=row.key,
            label=str(row.value["label"]),
            method=ContactMethod(str(row.value["method"])),
            place=Place(str(row.value["place"])),
            segments=(),
        )
        for row in shipped_rows(Master.ENTRY_KINDS)
    }


def _routes() -> Mapping[str, list[Role]]:
    found: dict[str, list[Role]] = {}
    for row in shipped_rows(Master.ROUTES):
        positions = row.value["positions"]
        if isinstance(positions, list | tuple):
            found[row.key] = [Role(str(position)) for position in positions]
    return found
