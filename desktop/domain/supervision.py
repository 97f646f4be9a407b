"""What the radar (見落とし点検) finds. Findings are questions with their facts, never accusations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding of one rule about a household or a caseworker.

    `reason` is the sentence the supervisor reads, `since` the day from which it holds, `days` how long.
    `entry_id` or `policy_id` name what it is about, where it is about one of them.
    """

    rule: str
    severity: int
    household_id: UUID | None
    staff_id: UUID | None
    case_number: str
    head_name: str = field(repr=False)
    caseworker: str = field(repr=False)
    reason: str = field(repr=False)
    since: date | None
    days: int
    entry_id: UUID | None = None
    policy_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """A rule as the screen explains it: id, name, severity 1–3 (3 = legal or serious), thresholds used."""

    rule: str
    name: str
    severity: int
    basis: str
