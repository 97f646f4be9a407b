"""Small pages beside the large one (縮小表示): drawn off the UI thread, and only those that are in sight."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.override import override
from desktop.reports.preview import PageImage
from desktop.viewmodels.thumbnails import ThumbnailModel
from desktop.views.printing.page_printing import to_qimage
from desktop.views.printing.page_view import Draw, Render
from desktop.views.widgets import named

#: Width and height of a thumbnail in full-width characters of the size in use.
_WIDTH, _HEIGHT = 5.5, 7.8
_GAP = 8
_SETTLED_MS = 40
_INCHES_ACROSS = 8.27


class ThumbnailStrip(QListView):
    """`page_chosen` when somebody clicks a page or walks to it with the arrow keys."""

    page_chosen = Signal(int)

    def __init__(self, render: Render, parent: QWidget | None = None) -> None:
        """`render` draws off the UI thread; one page after the other is asked for."""
        super().__init__(parent)
        self.pages = ThumbnailModel(self)
        self._render = render
        self._draw_page: Draw | None = None
        self._is_drawing = False
        self._is_following = False
        named(self, "thumbnails")
        self.setAccessibleName("頁の縮小表示")
        self.setModel(self.pages)
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settled = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._settled.start())
        self.selectionModel().currentChanged.connect(self._choose)
        self._fit()

    def show_pages(self, draw: Draw, pages: int) -> None:
        """Show another document from its first page."""
        self._draw_page, self._is_drawing = draw, False
        self.pages.set_pages(pages)
        self.follow(0)
        self._settled.start()

    def clear(self) -> None:
        """Let the document go."""
        self._draw_page = None
        self.pages.set_pages(0)

    def follow(self, page: int) -> None:
        """Mark the page that is shown large, and bring it into sight."""
        index = self.pages.index(page)
        if index.isValid() and index.row() != self.currentIndex().row():
            self._is_following = True
            self.setCurrentIndex(index)
            self._is_following = False
            self.scrollTo(index)
            self.viewport().update()

    def picture_size(self) -> QSize:
        """The room for one small page."""
        em = self.fontMetrics().horizontalAdvance("国")
        return QSize(round(em * _WIDTH), round(em * _HEIGHT))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_following:
            self.page_chosen.emit(index.row())

    def _in_sight(self) -> range:
        height = self.sizeHintForRow(0)
        if not self.isVisible() or height <= 0:
            return range(0)
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) // height + 1
        return range(top // height, min(last, self.pages.rowCount()))

    def _draw_next(self) -> None:
        draw = self._draw_page
        if draw is None or self._is_drawing:
            return
        wanted = next((p for p in self._in_sight() if not self.pages.has_picture(p)), None)
        if wanted is None:
            return
        self._is_drawing = True
        dpi = max(round(self.picture_size().width() / _INCHES_ACROSS), 8)
        self._render(lambda: draw(wanted, dpi), lambda image: self._drawn(draw, wanted, image))

    def _drawn(self, draw: Draw, page: int, image: PageImage) -> None:
        self._is_drawing = False
        if draw == self._draw_page:
            self.pages.set_picture(page, to_qimage(image).copy())
        self._draw_next()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(self.picture_size().width() + 4 * _GAP + bar)
        self.doItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip():
            event.ignore()  # letters turn and size pages; nothing is looked for by typing
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settled.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.pages.drop_pictures()
            self._fit()
            self._settled.start()


class _ThumbnailDelegate(QStyledItemDelegate):
    """A white page with a thin frame, its number below; the page shown large has a thick frame and a bold number."""

    def __init__(self, strip: ThumbnailStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        page = self._strip.picture_size()
        text = self._strip.fontMetrics().height()
        return QSize(page.width() + 2 * _GAP, page.height() + text + 2 * _GAP)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        room = option.rect
        page = self._strip.picture_size()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        place = QRect(0, 0, page.width(), page.height())
        if isinstance(picture, QImage):
            place.setSize(picture.size().scaled(page, Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(
            QRect(room.left(), room.top() + _GAP, room.width(), page.height()).center()
        )
        is_current = index.row() == self._strip.currentIndex().row()
        palette = self._strip.palette()
        painter.save()
        painter.fillRect(place, Qt.GlobalColor.white)
        if isinstance(picture, QImage):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture)
        self._frame(painter, place, palette, is_current=is_current)
        font = self._strip.font()
        font.setBold(is_current)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        below = QRect(room.left(), place.bottom() + 2, room.width(), room.bottom() - place.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, str(index.data()))
        painter.restore()

    def _frame(
        self, painter: QPainter, place: QRect, palette: QPalette, *, is_current: bool
    ) -> None:
        role = QPalette.ColorRole.Link if is_current else QPalette.ColorRole.Mid
        pen = painter.pen()
        pen.setColor(palette.color(role))
        pen.setWidth(3 if is_current else 1)
        painter.setPen(pen)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
