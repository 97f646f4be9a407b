"""What a caseworker's own plans of visits ask for: one that came back, a draft that should be handed in, one that is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.visit_plans import PlanKind


class PlanNoticeKind(StrEnum):
    """Why the plan is on the desk, the most urgent first."""

    RETURNED = "returned"
    MISSING = "missing"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNotice:
    """A plan that waits for its caseworker. `due_on` is the day on which its period begins, `words` those of a return."""

    notice: PlanNoticeKind
    kind: PlanKind
    first_on: date
    district_id: UUID
    district_code: str
    district_name: str
    plan_id: UUID | None = None
    by: str = field(default="", repr=False)
    words: str = field(default="", repr=False)

    @property
    def item_id(self) -> UUID:
        """What the screen 訪問計画 goes to: the plan, or the district where there is none."""
        return self.plan_id or self.district_id
