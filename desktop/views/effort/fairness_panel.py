"""The tab 公平さ: decided groups by district and by kinds of people beside the mean; the same facts with another group."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from desktop.domain.fairness import TRAIT, Fairness, FairnessRow, FlipRow, Trait
from desktop.domain.labels import HOUSEHOLD_TYPE
from desktop.viewmodels.effort import FAIRNESS, FLIPS
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.effort.ports import EffortPorts
from desktop.views.fields.form_layout import form_row
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {
    0: 8,
    1: 8,
    **dict.fromkeys(range(2, 9), 3),
    9: 5,
    10: 5,
    11: 7,
    12: 5,
}
_FLIP_WIDTHS = {0: 3, 1: 4, 2: 6, 3: 8, 4: 5, 5: 6}
_QUESTION = (
    "違いは、基準のためですか、事情のためですか。順位はつけません。区分を決めるために使うことはありません。"
    "同じ世帯類型・年齢の人どうしで比べられます。国籍・言語・障害者手帳は台帳にないため、比べられません。"
)
_FLIP = "事実（就労・健康・阻害要因・意欲・自走）が同じで、決まった区分が違う人です。会議で説明するか、そろえます。"
_NO_FLIP = "事実が同じで区分が違う人はいません。"
_BY_DISTRICT = "地区"


class FairnessPanel(QWidget):
    """Rows stand in the order of their labels, never by a value; Enter in the lower list opens a file."""

    def __init__(self, screen: ScreenView, ports: EffortPorts) -> None:
        super().__init__()
        self._screen, self._ports, self._key = screen, ports, ""
        self.by = named(QComboBox(), "fairness_by")
        self.kind = named(QComboBox(), "fairness_type")
        self.band = named(QComboBox(), "fairness_band")
        self.rows: ListOf[FairnessRow] = ListOf(
            ports.look,
            FAIRNESS,
            name="fairness",
            label="決まった区分の割合",
            widths=_WIDTHS,
            stretch=0,
            key=lambda r: r.label,
        )
        self.flips: ListOf[FlipRow] = ListOf(
            ports.look,
            FLIPS,
            name="flips",
            label="事実が同じで区分が違う人",
            widths=_FLIP_WIDTHS,
            stretch=3,
        )
        self.question = named(Paragraph(tone="muted"), "fairness_question")
        self.flip_words = named(Paragraph(), "flip_words")
        self.found: Fairness | None = None
        self._lay_out()
        self._connect()

    def reload(self, team_key: str) -> None:
        """Read the decided groups of a team."""
        self._key = team_key
        kind, band = self.kind.currentData(), self.band.currentData() or ""
        self._screen.run(lambda: self._ports.figures.fairness(team_key, kind, band), self._show)

    def focus_first(self) -> None:
        """Begin in the table."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: Fairness) -> None:
        self.found = found
        self._offer_bands(found.bands)
        self._show_rows()
        self.flips.show(found.flips)
        self.flip_words.say(_FLIP if found.flips else _NO_FLIP)
        self.question.say(_QUESTION)

    def _show_rows(self) -> None:
        if self.found is not None:
            trait = self.by.currentData()
            rows = self.found.by_trait[trait] if trait else self.found.by_district
            self.rows.show(rows)

    def _offer_bands(self, bands: tuple[str, ...]) -> None:
        chosen = self.band.currentData()
        self.band.blockSignals(True)
        self.band.clear()
        self.band.addItem("すべて", "")
        for band in bands:
            self.band.addItem(band, band)
        self.band.setCurrentIndex(max(0, self.band.findData(chosen)))
        self.band.blockSignals(False)

    def _open(self) -> None:
        row = self.flips.row()
        if row is not None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

    def _lay_out(self) -> None:
        self.by.addItem(_BY_DISTRICT, None)
        for trait in Trait:
            self.by.addItem(TRAIT[trait], trait)
        self.kind.addItem("すべて", None)
        for kind, label in HOUSEHOLD_TYPE.items():
            self.kind.addItem(label, kind)
        self.band.addItem("すべて", "")
        lower = QWidget()
        under = QVBoxLayout(lower)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.flip_words)
        under.addWidget(self.flips.view, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.rows.view)
        parts.addWidget(lower)
        page = FollowingScroll()
        page.add_part(
            in_a_row(
                form_row("分け方(&D)", self.by),
                form_row("世帯類型(&T)", self.kind),
                form_row("年齢(&A)", self.band),
            )
        )
        page.add_part(self.question)
        page.add_part(parts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(lambda *_: self._show_rows())
        for box in (self.kind, self.band):
            box.currentIndexChanged.connect(lambda *_: self.reload(self._key))
        self.flips.view.row_opened.connect(lambda *_: self._open())
        key_of(self, "F5", lambda: self.reload(self._key))
