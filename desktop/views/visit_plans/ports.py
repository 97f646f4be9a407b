"""What the screen 訪問計画 asks of the use cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desktop.domain.master_tables import Master
from desktop.domain.need_points import PointsInput
from desktop.domain.office import DistrictRow
from desktop.domain.short_messages import MessageFile, MessageWriting
from desktop.domain.visit_plan_proposals import MoveTrial, PlanProposal, VisitReason
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, VisitBoard, YearPlan
from desktop.domain.visit_plans import DeviationInput, PlanChange, PlanKind, PlanMoveInput
from desktop.domain.visit_replans import PlanEvent, Replan
from desktop.domain.working_time import Half

_LABELLED = (Master.VISIT_PURPOSES, Master.VISIT_EXCEPTIONS, Master.VISIT_DEVIATION_REASONS)


class VisitPlans(Protocol):
    """Plans, trials, moves, the month, the board (`services/visit_plans`)."""

    def plans(self) -> tuple[PlanHead, ...]:
        """Every plan of the own duty."""

    def plan_of(self, district_id: UUID, kind: PlanKind, first_on: date) -> PlanHead | None:
        """The plan of a district for a period."""

    def year(self, plan_id: UUID, version: int | None = None) -> YearPlan:
        """A yearly plan, or an earlier version of it."""

    def month(self, district_id: UUID, month: date) -> MonthPlan:
        """A district's month."""

    def board(self, first_on: date) -> VisitBoard:
        """All districts by month."""

    def reasons(self, plan_id: UUID) -> Mapping[UUID, VisitReason]:
        """Visit → why it lies where it lies."""

    def try_move(
        self,
        plan_id: UUID,
        visit_id: UUID,
        month: date,
        day: date | None = None,
        half: Half | None = None,
    ) -> MoveTrial:
        """What a move would take."""

    def move_visit(
        self, plan_id: UUID, version: int, trial: MoveTrial, *, save_id: UUID, lock: bool = True
    ) -> PlanHead:
        """Move a visit of a draft."""

    def lock_visit(
        self, plan_id: UUID, version: int, visit_id: UUID, *, save_id: UUID, is_locked: bool
    ) -> PlanHead:
        """Fix or free a visit."""

    def note_visit(
        self, plan_id: UUID, version: int, visit_id: UUID, note: str, *, save_id: UUID
    ) -> PlanHead:
        """Write a note on a visit."""

    def give_points(self, given: PointsInput) -> None:
        """Give a visit need points by hand."""

    def save(self, given: PlanChange) -> PlanHead:
        """Store a version of a draft."""

    def move(self, given: PlanMoveInput) -> PlanHead:
        """Submit, withdraw, return or approve."""

    def deviate(self, given: DeviationInput) -> int:
        """Note what is done otherwise than approved."""

    def replan(self, plan_id: UUID, event: PlanEvent) -> Replan:
        """What would move after what happened."""

    def take_over(self, proposal: Replan) -> int:
        """Store a re-planning that was looked at."""

    def district_of(self, household_id: UUID) -> UUID | None:
        """The district of a household within reach."""


class Planning(Protocol):
    """Proposals with progress (`jobs/visit_planning`)."""

    def propose(
        self,
        district_id: UUID,
        kind: PlanKind,
        first_on: date,
        progress: Callable[[int, int, str], object],
        cancelled: Callable[[], bool],
    ) -> PlanProposal:
        """Propose a plan; UserError where somebody stopped it."""


class MessageFiles(Protocol):
    """Files of short messages (`jobs/short_messages`)."""

    def is_offered(self) -> bool:
        """Whether the office has a gateway; asked for whoever may print."""

    def prepare(self, district_id: UUID, first: date, until: date) -> MessageFile:
        """The file about announced visits from a day to before another."""

    def written(self, district_id: UUID) -> tuple[MessageWriting, ...]:
        """The last files about households of a district."""

    def write(self, file: MessageFile, out: Path) -> None:
        """Note the file and write it."""


class Districts(Protocol):
    """The districts of the office (`services/office`)."""

    def districts(self) -> tuple[DistrictRow, ...]:
        """All of them."""


class Tables(Protocol):
    """The office's tables (`services/masters`)."""

    def in_force(self, table: str, on: date) -> Mapping[str, Mapping[str, object]]:
        """Key → value on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPorts:
    """Everything that the screen asks."""

    plans: VisitPlans
    planning: Planning
    messages: MessageFiles
    office: Districts
    masters: Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLabels:
    """Code → label of the office's tables that the screen names."""

    purposes: Mapping[str, str]
    exceptions: Mapping[str, str]
    deviations: Mapping[str, str]

    @classmethod
    def in_force(cls, masters: Tables, on: date) -> PlanLabels:
        """The labels of a day."""
        purposes, exceptions, deviations = (
            {key: str(row["label"]) for key, row in masters.in_force(table, on).items()}
            for table in _LABELLED
        )
        return cls(purposes=purposes, exceptions=exceptions, deviations=deviations)
