"""Where the facts come from (出所): chosen by the arrow keys, or typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.kana import fold
from desktop.override import override
from desktop.views.fields.choice_box import ChoiceBox
from desktop.views.fields.field import Field

#: What a record may rest on (visits-records-approval 3.3: seen, told, or somebody's word).
SOURCES = ("本人の話", "目で見た", "書類を見た", "関係機関から")
_LONGEST = 100


class SourceField(Field[str]):
    """One line: ↓ goes through the usual sources, any other words may be typed or added."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._box = ChoiceBox()
        self._box.addItems(["", *SOURCES])
        self._box.set_search_keys(["", *map(fold, SOURCES)])
        self._box.line().setPlaceholderText("↓で選ぶか、入力（例：通帳、主治医の話）")
        self._box.line().setMaxLength(_LONGEST)
        self._place(self._box, stretches=True)
        self._box.line().textEdited.connect(self._was_edited)
        self._box.currentIndexChanged.connect(self._chosen)

    @override
    def show_value(self, value: str | None) -> None:
        self._box.blockSignals(True)
        self._box.setCurrentIndex(self._box.findText(value or ""))
        self._box.line().setText(value or "")
        self._box.blockSignals(False)
        self.clear_error()

    @override
    def editor(self) -> ChoiceBox:
        return self._box

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._box.set_read_only(read_only=read_only)

    @override
    def _read(self) -> str | None:
        self._box.line().commit()
        return self._box.line().text().strip() or None

    def _chosen(self, index: int) -> None:
        if index >= 0:
            self._was_edited()
