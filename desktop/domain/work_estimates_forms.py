"""What goes onto the papers about money linked to work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.work_estimates import Estimate
from desktop.domain.work_estimates_income import EarnedIncome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSheetAsked:
    """Whose income is shown on paper, as it was entered on the screen."""

    household_id: UUID
    person_id: UUID
    given: EarnedIncome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSheet:
    """What remains in hand (手取り試算) for the person to take along. It names no group and no motivation."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    month: date
    gross: int
    estimate: Estimate
    contact: str
    caseworker: str = field(repr=False)
    phone: str
