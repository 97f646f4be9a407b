"""What the screen 業務と成果 asks of the use cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from desktop.domain.clock import Clock
from desktop.domain.effort import EffortTable, SafetyRow, Team
from desktop.domain.fairness import Fairness
from desktop.domain.group_flows import Flow, GroupFlows
from desktop.domain.households import HouseholdType
from desktop.domain.kpis import CaseRow, Dashboard, Figure, Period
from desktop.domain.list_exports import USUAL, ListExport
from desktop.domain.programme_reviews import PromotionInput, ReviewInput, YearReview
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.run_view import Draws

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView
    from desktop.views.screen import ScreenView


class SeesEffort(Protocol):
    """Where the time goes (`services/effort`)."""

    def teams(self) -> tuple[Team, ...]:
        """Whose figures may be asked for."""

    def table(self, team_key: str, month: date, baseline: date) -> EffortTable:
        """The table of a team."""

    def safety_list(self, rows: tuple[SafetyRow, ...]) -> tuple[CaseRow, ...]:
        """Who the silent are."""


class SeesFigures(Protocol):
    """Key figures (`services/kpis`)."""

    def dashboard(self, team_key: str, period: Period) -> Dashboard:
        """Every figure of a period."""

    def cases(self, figure: Figure) -> tuple[CaseRow, ...]:
        """The list behind a figure."""

    def exports(self) -> tuple[ListExport, ...]:
        """Choices of columns for the list."""

    def flows(self, team_key: str, first: date, last: date) -> GroupFlows:
        """Movement between groups."""

    def people_of(self, flow: Flow, first: date, last: date) -> tuple[CaseRow, ...]:
        """Who moved."""

    def fairness(
        self, team_key: str, household_type: HouseholdType | None = None, band: str = ""
    ) -> Fairness:
        """Decided groups beside the mean."""


class ReviewsProgrammes(Protocol):
    """The yearly review (`services/programme_reviews`)."""

    def year(self, fiscal_year: int) -> YearReview:
        """The page of a fiscal year."""

    def write(self, given: ReviewInput) -> None:
        """Keep a sheet."""

    def approve(self, review_id: UUID) -> None:
        """Approve somebody else's."""

    def set_line(self, given: PromotionInput) -> None:
        """Keep a line of the promotion plan."""


class WritesFiles(Protocol):
    """Figures as CSV (`jobs/effort_files`)."""

    def write_figures(self, board: Dashboard, out: Path) -> None:
        """The figures without anybody."""

    def write_cases(
        self, figure: Figure, out: Path, *, with_names: bool, export: ListExport = USUAL
    ) -> None:
        """The list behind one, noted household by household."""


class DrawsChosen(Draws, Protocol):
    """Draws the one paper that it was told of."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - each paper has its own
        """Say which; its id for the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortPorts:
    """Everything the panels of the screen need. `may_list`: whether lists with case numbers may leave as a file."""

    effort: SeesEffort
    figures: SeesFigures
    reviews: ReviewsProgrammes
    files: WritesFiles
    clock: Clock
    look: Look
    dialogs: Dialogs
    may_list: bool
    monthly: DrawsChosen
    sheet: DrawsChosen
    view: Callable[[ScreenView, Draws], PrintRunView]
