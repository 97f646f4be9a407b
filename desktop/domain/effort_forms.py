"""What goes onto the monthly report (S-35) and the sheet of a programme's yearly review (S-37). Neither names a household or a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint

#: Files that leave the program, as the log of prints names them: the figures, and the list behind one.
FIGURES_CODE, FIGURES_TITLE = "S-35F", "KPIの集計（CSV）"
CASES_CODE, CASES_TITLE = "S-35L", "KPIの内訳の一覧（CSV）"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortLine:
    """A line of the table of effort, in words: group, what, baseline, the last three months, the difference, the direction."""

    group: str
    what: str
    baseline: str
    two_before: str
    one_before: str
    now: str
    change: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A key figure in words, with what is counted."""

    label: str
    value: str
    numerator: int
    denominator: int
    target: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """KPI・業務配分 月報 (S-35) of the office or a team; the figures are those of the fiscal year until the month's end."""

    imprint: Imprint
    team: str = field(repr=False)
    month: date
    baseline: date
    one_before: date
    two_before: date
    as_of: date
    effort: tuple[EffortLine, ...]
    safety: str
    figures: tuple[FigureLine, ...]
    eligible: str
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSheet:
    """支援事業 見直し票 (S-37): one programme, one fiscal year."""

    imprint: Imprint
    year_label: str
    programme: str
    basis: str
    carrier: str
    persons: int
    minutes: int
    cost: int | None
    outcomes: str
    verdict: str
    reason: str
    remarks: str
    written_on: date
    author: str = field(repr=False)
    is_approved: bool
    stamps: tuple[Stamp, ...]
