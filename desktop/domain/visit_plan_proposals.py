"""What is said before a plan is changed: a proposal as it would be stored, the price of a move, why a visit lies where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.visit_plans import PlanChange, PlannedVisit
from desktop.domain.working_time import Half


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMove:
    """Another visit that would have to make room; `after` is "" where it would fall out of the plan."""

    visit_id: UUID
    household_id: UUID
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTrial:
    """What it would take to move a visit (翌週ではだめか): the best half-day of the wanted ones, cost, broken rules, who else moves.

    `change_minutes` is None where the rules forbid it. A person may do it all the same; the broken rules are shown first.
    """

    visit_id: UUID
    month: date
    day: date | None = None
    half: Half | None = None
    change_minutes: int | None = None
    words: str = ""
    broken: tuple[str, ...] = ()
    moved: tuple[TrialMove, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal:
    """A plan as it would be stored, to be looked at first. Every visit is in it: planned, or with the reason why not.

    `findings` say what does not fit and who must decide. `moves` are planned visits of the present draft that would stand in
    another month, `broken` rules that a second look found broken (of a sound plan none). `problem` is the exported problem with its plan (`planning/README.md`), free of personal data.
    """

    change: PlanChange
    planned: int
    unplanned: tuple[PlannedVisit, ...]
    findings: tuple[str, ...]
    travel_minutes: int
    moves: tuple[ProposalMove, ...] = ()
    broken: tuple[str, ...] = ()
    problem: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMove:
    """A visit that a proposal puts elsewhere; `after` None: it falls out.

    `is_near`: it stood within the next days; `is_forced`: its half-day is not there any more. `words` say why it would lie there,
    or why it finds no half-day.
    """

    visit_id: UUID
    household_id: UUID
    before: date
    after: date | None
    before_half: Half | None = None
    after_half: Half | None = None
    is_announced: bool = False
    is_statutory: bool = False
    is_near: bool = False
    is_forced: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReason:
    """Why a visit is due and lies where it lies, in a sentence made from the stored cost table; with the table itself."""

    visit_id: UUID
    words: str
    costs: Mapping[str, int] = field(default_factory=dict)
