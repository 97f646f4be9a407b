"""Small pictures of the pages of a document: those that were looked at last, the others empty."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from desktop.override import override

#: So many pictures are kept, the ones drawn last: 13 MB at 100 %, 53 MB at 200 %.
MOST_KEPT = 400
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class ThumbnailModel(QAbstractListModel):
    """One row a page: its number, and its picture (DecorationRole) once somebody has drawn it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = 0
        self._pictures: OrderedDict[int, QImage] = OrderedDict()

    def set_pages(self, pages: int) -> None:
        """Another document; every picture is let go."""
        self.beginResetModel()
        self._pages = pages
        self._pictures.clear()
        self.endResetModel()

    def drop_pictures(self) -> None:
        """Have every picture drawn anew."""
        self._pictures.clear()
        if self._pages:
            self.dataChanged.emit(self.index(0), self.index(self._pages - 1))

    def has_picture(self, page: int) -> bool:
        """Whether the page has been drawn."""
        return page in self._pictures

    def set_picture(self, page: int, picture: QImage) -> None:
        """Show the picture of a page (0 is the first)."""
        self._pictures[page] = picture
        self._pictures.move_to_end(page)
        if len(self._pictures) > MOST_KEPT:
            self._pictures.popitem(last=False)
        index = self.index(page)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._pages

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{index.row() + 1:,}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pictures.get(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1}頁"
        return None
