"""What a plan of handovers would do: a row a district, sentences, and what is better settled before, each one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.handovers import HandoverPreview, MovePreview, Unsettled, UnsettledKind
from desktop.viewmodels.handover_plans import (
    preview_columns,
    preview_words,
    unsettled_columns,
    unsettled_words,
)
from desktop.views.effort.lists import ListOf, in_a_row
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import JOINT_VISITS_SCREEN, FileRequest, ScreenRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 3, 1: 12, 2: 3, 3: 10, 4: 9, 5: 7, 6: 9}
_UNSETTLED_WIDTHS = {0: 3, 1: 6, 2: 8, 3: 5, 4: 5, 5: 3}
_STRETCH, _UNSETTLED_STRETCH, _MOST, _MOST_UNSETTLED = 3, 2, 8, 6


class PreviewPart(QWidget):
    """Nothing is shown before a plan was looked at. Enter in the second list opens the record, or the promised visit."""

    def __init__(self, screen: ScreenView, *, look: Look) -> None:
        super().__init__()
        self._screen, self._was_opened = screen, False
        self.moves: ListOf[MovePreview] = ListOf(
            *(look, preview_columns()),
            name="handover_preview",
            label="担当替えの内容",
            widths=_WIDTHS,
            stretch=_STRETCH,
            key=lambda move: move.district.district_id,
        )
        self.words = named(Paragraph(), "handover_preview_words")
        self.before = named(Paragraph(tone="warning"), "handover_unsettled_words")
        self.unsettled: ListOf[Unsettled] = ListOf(
            *(look, unsettled_columns()),
            name="handover_unsettled",
            label="引き継ぐ日までに片づけること",
            widths=_UNSETTLED_WIDTHS,
            stretch=_UNSETTLED_STRETCH,
            key=lambda each: each.item_id,
        )
        self.open_button = named(QPushButton("開いて片づける（Enter）"), "open_unsettled")
        self._opening = in_a_row(self.open_button)
        self._lay_out()

    def forget(self) -> None:
        """Show nothing: something else is planned now."""
        self.moves.show(())
        self.unsettled.show(())
        self.words.say("")
        self.before.say("")
        self._fit(is_shown=False)

    def show_preview(self, found: HandoverPreview) -> None:
        """Show what would happen."""
        self.moves.show(found.moves)
        self.moves.view.show_all_rows(_MOST)
        self.words.say(preview_words(found))
        self.before.say(unsettled_words(found.unsettled))
        self.unsettled.show(found.unsettled)
        self.unsettled.view.show_all_rows(_MOST_UNSETTLED)
        self._fit(is_shown=True)

    def go_on(self) -> bool:
        """Put the keyboard back into the second list if something was opened from there; whether it was."""
        was_opened, self._was_opened = self._was_opened, False
        if was_opened and self.unsettled.model.rows():
            self.unsettled.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _fit(self, *, is_shown: bool) -> None:
        self.moves.view.setVisible(is_shown)
        for part in (self.unsettled.view, self._opening):
            part.setVisible(is_shown and bool(self.unsettled.model.rows()))

    def _open(self) -> None:
        each = self.unsettled.row()
        if each is None:
            return
        self._was_opened = True
        if each.kind is UnsettledKind.CLASH:
            request = ScreenRequest(key=JOINT_VISITS_SCREEN, item_id=each.item_id)
            self._screen.screen_requested.emit(request)
            return
        self._screen.file_requested.emit(
            FileRequest(household_id=each.household_id, section="chronicle", entry_id=each.item_id)
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (
            self.moves.view,
            self.words,
            self.before,
            self.unsettled.view,
            self._opening,
        ):
            layout.addWidget(part)
        self._fit(is_shown=False)
        self.unsettled.view.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(lambda *_: self._open())
