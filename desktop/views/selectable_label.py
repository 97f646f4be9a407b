"""A label whose words can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.override import override
from desktop.views.variants.sequences import has_sequences

#: Blanks and line ends stay as they are.
_KEPT = '<p style="white-space:pre-wrap; margin:0">{}</p>'


def _marked(text: str) -> str:
    # Not before it is needed: the first window shall come fast.
    from desktop.views.variants.marking import marked_up

    return _KEPT.format(marked_up(text))


class SelectableLabel(QLabel):
    """Wraps; takes and gives plain text, and shows the variants in it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        self._words = text
        is_marked = has_sequences(text)
        self.setTextFormat(Qt.TextFormat.RichText if is_marked else Qt.TextFormat.PlainText)
        super().setText(_marked(text) if is_marked else text)

    @override
    def text(self) -> str:
        return self._words

    @override
    def clear(self) -> None:
        self.setText("")
