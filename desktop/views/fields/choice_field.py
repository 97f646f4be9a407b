"""A choice from a list of codes, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.kana import fold
from desktop.override import override
from desktop.views.fields.choice_box import ChoiceBox
from desktop.views.fields.field import Field

_CODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One code, the label it is shown by and a reading by which it is found too."""

    code: str
    label: str
    kana: str = ""


class ChoiceField(Field[str]):
    """One code of a list. Part of the label, its reading or the code finds it; arrow keys go through the list."""

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice],
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._choices: tuple[Choice, ...] = ()
        self._box = ChoiceBox()
        self._place(self._box)
        self.set_choices(choices)
        self._box.line().textEdited.connect(self._was_edited)
        self._box.activated.connect(self._was_edited)
        self._box.line().editingFinished.connect(self._finish)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; what is chosen stays if it is among them."""
        chosen = self._box.currentData(_CODE)
        self._choices = tuple(choices)
        self._box.clear()
        if not self.required:
            self._box.addItem("", None)
        for choice in choices:
            self._box.addItem(choice.label, choice.code)
        self._box.set_search_keys(
            ([] if self.required else [""])
            + [
                f"{fold(choice.label)} {fold(choice.kana)} {fold(choice.code)}"
                for choice in choices
            ]
        )
        self.show_value(chosen)

    @override
    def show_value(self, value: str | None) -> None:
        self._box.setCurrentIndex(
            self._box.findData(value, _CODE) if value is not None else self._blank()
        )
        if value is None:
            self._box.line().clear()
        self._box.line().setCursorPosition(0)  # a narrow box shows where the words begin
        self.clear_error()

    @override
    def editor(self) -> QComboBox:
        return self._box

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._box.set_read_only(read_only=read_only)

    @override
    def _read(self) -> str | None:
        self._box.line().commit()
        text = self._box.line().text().strip()
        if not text:
            return None
        matches = self._matches(text)
        if len(matches) == 1:
            return matches[0].code
        if not matches:
            raise ValidationError(f"「{text}」は選べません。一覧から選んでください。")
        raise ValidationError(
            f"「{text}」に当てはまるものが{len(matches)}つあります。一覧から選んでください。"
        )

    def _matches(self, text: str) -> list[Choice]:
        """Return the choices meant: by label or code exactly, else those that hold what was typed."""
        current = self._box.currentIndex()
        if current >= 0 and self._box.itemText(current) == text:
            code = self._box.itemData(current, _CODE)
            return [choice for choice in self._choices if choice.code == code]
        exact = [choice for choice in self._choices if text in {choice.label, choice.code}]
        key = fold(text)
        return exact or [
            choice
            for choice in self._choices
            if key in fold(choice.label) or key in fold(choice.kana)
        ]

    def _finish(self) -> None:
        if self._box.line().is_composing():
            return
        try:
            value = self._read()
        except ValidationError as error:
            self.show_error(error.sentence)
            return
        self.show_value(value)

    def _blank(self) -> int:
        return -1 if self.required else 0
