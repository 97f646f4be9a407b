"""A card of the help to read; a link leads to another card and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.override import override
from desktop.viewmodels.help_cards import CARD_LINK
from desktop.views.look import Look

_MARGIN = 12
_INDENT = 20
_LINE_HEIGHT = 135.0
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class CardBrowser(QTextBrowser):
    """Draws Markdown without HTML and fetches nothing. `card_wanted` carries the key of a card. Tab goes from link to link."""

    card_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._markdown = ""
        self.setObjectName("help_text")
        self.setAccessibleName("手引の本文")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._activated)
        look.changed.connect(self._draw)

    def show_markdown(self, markdown: str) -> None:
        """Show a text from its beginning."""
        self._markdown = markdown
        self._draw()
        self.verticalScrollBar().setValue(0)

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing: a card has no pictures, and no address in it is ever asked for."""
        return None

    @override
    def sizeHint(self) -> QSize:
        # No higher than it must be: the rest of the height is shared out by the layout.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _draw(self) -> None:
        document = self.document()
        document.setDefaultFont(self.font())
        document.setMarkdown(self._markdown, _FEATURES)
        document.setDocumentMargin(self._look.px(_MARGIN))
        document.setIndentWidth(self._look.px(_INDENT))
        spaced = QTextBlockFormat()
        spaced.setLineHeight(
            _LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _activated(self, url: QUrl) -> None:
        address = url.toString()
        if address.startswith(CARD_LINK):
            self.card_wanted.emit(address.removeprefix(CARD_LINK))
