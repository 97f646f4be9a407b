"""Re-planning (計画の組み直し): what happened, and what would move because of it. Asking changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.visit_plan_proposals import ProposalMove
from desktop.domain.visit_plans import DeviationInput, PlannedVisit
from desktop.domain.working_time import AwayInput, Half, HalfDay


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyMet:
    """A planned visit met nobody (不在): the household is to be visited again, in the other half of the day if that goes."""

    visit_id: UUID
    on: date
    half: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentVisit:
    """A household must be visited that was not planned (臨時・申請時), until a day."""

    household_id: UUID
    until: date
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostHalves:
    """Half-days in which the caseworker cannot go (病気・応援など). `away` is how they are entered into the working time."""

    halves: frozenset[HalfDay]
    away: AwayInput | None = None


PlanEvent = NobodyMet | UrgentVisit | LostHalves


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlaced:
    """The visit that the event asks for found no half-day: whose it is, by when it should be, and why."""

    household_id: UUID
    until: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """The proposal: what would move from where to where, what is added, what falls out, and the deviations that take it over.

    `broken_promises` are announced visits that cannot stay: those households must be told. `why_added` says of each added visit why
    it lies where it lies; `not_placed` are visits that the event asks for and that found no half-day. `near_days` is what the office
    counts as soon. `away` is entered with it: lost half-days that nobody entered yet, where the reader keeps the caseworker's time.
    """

    plan_id: UUID
    moves: tuple[ProposalMove, ...]
    added: tuple[PlannedVisit, ...]
    deviations: tuple[DeviationInput, ...]
    why_added: Mapping[UUID, str] = field(default_factory=dict)
    not_placed: tuple[NotPlaced, ...] = ()
    near_days: int = 0
    away: AwayInput | None = None

    @property
    def broken_promises(self) -> tuple[ProposalMove, ...]:
        """Announced visits among those that move."""
        return tuple(move for move in self.moves if move.is_announced)

    @property
    def left_out(self) -> tuple[ProposalMove, ...]:
        """Visits that would fall out of the plan."""
        return tuple(move for move in self.moves if move.after is None)
