"""The yearly plan as a grid: a row a household, a column a month from April, each cell its signs ○●△×＊ and a tone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.era import format_month
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_marks import VISIT_MARK, VISIT_MARK_WORDS, VisitMark, VisitOutcome
from desktop.domain.visit_plan_views import PlanCell, PlanHousehold, YearPlan
from desktop.domain.visit_plans import PlannedVisit
from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, CENTER, DISPLAY, TONE_ROLE, BrushOf

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

#: What stands at the left of each row, and the widths of its parts in full-width characters.
HEADERS = ("ケース番号", "世帯主", "格付", "計画回数", "法定回数")
WIDTHS = (5.6, 6.2, 1.6, 3.4, 5.4)
LOCKED, OVERDUE = "固", "遅"
LEGEND = "　".join(
    (
        *(f"{VISIT_MARK[mark]}{VISIT_MARK_WORDS[mark]}" for mark in VisitMark),
        f"{LOCKED}＝固定",
        f"{OVERDUE}＝期限超過",
    )
)
_TONE: Mapping[VisitMark, str | None] = {
    VisitMark.PLANNED: None,
    VisitMark.DONE: "good",
    VisitMark.ABSENT: "warning",
    VisitMark.CANCELLED: "muted",
    VisitMark.EXTRA: "good",
}


class YearModel(QAbstractTableModel):
    """The households in memory; nothing is asked of the database while it is painted."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brush_of = brush_of
        self._plan: YearPlan | None = None
        self._texts: tuple[tuple[str, ...], ...] = ()

    @property
    def plan(self) -> YearPlan | None:
        """What is shown."""
        return self._plan

    def show_plan(self, plan: YearPlan | None) -> None:
        """Show a plan; the cell at hand stays where the same households are shown."""
        same = plan is not None and _ids(plan) == _ids(self._plan) and bool(plan.households)
        if same:
            self._take(plan)
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            return
        self.beginResetModel()
        self._take(plan)
        self.endResetModel()

    def household_at(self, index: Index) -> PlanHousehold | None:
        """The household of an index."""
        if self._plan is None or not index.isValid():
            return None
        return self._plan.households[index.row()]

    def cell_at(self, index: Index) -> PlanCell | None:
        """The month of a household."""
        household = self.household_at(index)
        return household.cells[index.column()] if household is not None else None

    def head_of(self, row: int) -> tuple[str, ...]:
        """What stands at the left of a row, part by part; nothing for a row that is not there."""
        households = self._plan.households if self._plan is not None else ()
        return _left(households[row]) if 0 <= row < len(households) else ()

    def index_of(self, household_id: UUID, month: date | None = None) -> QModelIndex:
        """Where a household's month stands; an invalid index where it is not shown."""
        for row, household in enumerate(self._plan.households if self._plan else ()):
            if household.household_id == household_id:
                months = self._plan.months if self._plan else ()
                return self.index(row, months.index(month) if month in months else 0)
        return QModelIndex()

    def _take(self, plan: YearPlan | None) -> None:
        self._plan = plan
        rows = plan.households if plan else ()
        self._texts = tuple(tuple(cell_text(cell) for cell in row.cells) for row in rows)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._plan is None else len(self._plan.households)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._plan is None else len(self._plan.months)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self._texts[index.row()][index.column()]
        if role == ALIGNMENT:
            return CENTER
        household, cell = self.household_at(index), self.cell_at(index)
        return self._answer(household, cell, role) if household and cell else None

    def _answer(self, household: PlanHousehold, cell: PlanCell, role: int) -> object:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name_of(household)} {cell_words(cell)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_words(cell) if cell.outcomes else None
        tone = tone_of(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._brush_of(tone) if tone and self._brush_of is not None else None
        return tone if role == TONE_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role == ALIGNMENT:
            return CENTER
        if self._plan is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return " ".join(self.head_of(section)) if role == DISPLAY else None
        months = self._plan.months
        if not 0 <= section < len(months):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return format_month(months[section])
        return f"{months[section].month}月" if role == DISPLAY else None


def cell_text(cell: PlanCell) -> str:
    """The signs of a month, with a letter for what is locked or late."""
    tail = LOCKED if cell.is_locked else ""
    return f"{cell.signs}{tail}{OVERDUE if cell.is_overdue else ''}"


def cell_words(cell: PlanCell) -> str:
    """A month in words: every sign with its meaning."""
    month = format_month(cell.month)
    if not cell.outcomes:
        return f"{month} 訪問なし"
    said = [f"{o.sign}{VISIT_MARK_WORDS[o.mark]}{_since_approval(o)}" for o in cell.outcomes]
    said += ["動かさない訪問があります"] if cell.is_locked else []
    said += ["期限を過ぎた訪問があります"] if cell.is_overdue else []
    return f"{month} {'、'.join(said)}"


def tone_of(cell: PlanCell) -> str | None:
    """The tone of a month: what is late first, else that of its first sign."""
    if cell.is_overdue:
        return "error"
    return _TONE[cell.outcomes[0].mark] if cell.outcomes else None


def name_of(household: PlanHousehold) -> str:
    """How a household is named: its head, or that the name is not to be seen."""
    return household.head_name or SHIELDED_NAME


def open_visits(cell: PlanCell | None) -> tuple[PlannedVisit, ...]:
    """The planned visits of a month that still can be moved: neither made nor cancelled."""
    found = cell.outcomes if cell is not None else ()
    return tuple(o.standing.visit for o in found if o.standing is not None and _is_open(o))


def _since_approval(outcome: VisitOutcome) -> str:
    s = outcome.standing
    if s is None or not s.deviations:
        return ""
    if s.is_added:
        return "（承認後に追加）"
    if s.approved_month is not None and s.approved_month != outcome.month:
        return f"（承認時は{format_month(s.approved_month)}）"
    return ""


def _is_open(outcome: VisitOutcome) -> bool:
    return outcome.mark in {VisitMark.PLANNED, VisitMark.ABSENT}


def _ids(plan: YearPlan | None) -> tuple[object, ...]:
    if plan is None:
        return ()
    return (plan.months, *(household.household_id for household in plan.households))


def _left(household: PlanHousehold) -> tuple[str, ...]:
    state = "不足" if household.is_short else "例外" if household.exception else ""
    return (
        household.case_number,
        name_of(household),
        household.grade or "－",
        f"計画{household.planned}",
        f"法定{household.required}{state}",
    )
