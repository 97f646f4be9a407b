"""受領書類 of one household: every paper that was ever taken in, with its words, its files and the way it went."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.attachments import AttachmentLine, OpenedFile
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInFile
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.papers import file_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.attachments.attach_panel import AttachPanel, AttachSetting
from desktop.views.attachments.file_viewer import FileViewer
from desktop.views.attachments.files_of_paper import FilesOfPaper
from desktop.views.attachments.ports import Attachments
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 6, 2: 6, 3: 8, 4: 7, 5: 2, 6: 10, 7: 7}
_STRETCH = 6
_EMPTY = (
    "この世帯から受け取った書類はまだありません。「受領書類」の画面で受け取ると、ここに並びます。"
)


class PapersOfFiles(Protocol):
    """Reads the papers of an opened file (`services/papers`)."""

    def of_household(self, household_id: UUID) -> tuple[PaperInFile, ...]:
        """Every paper, newest first."""


class FilePapers(ScreenView):
    """Arrow keys go through the papers; what was written about the one at hand and its files stand beneath.

    Enter shows a file in its place, A attaches one; Esc comes back.
    """

    def __init__(
        self,
        household_id: UUID,
        papers: PapersOfFiles,
        attachments: Attachments,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        setting: AttachSetting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_papers")
        self._household_id = household_id
        self._papers = papers
        self._attachments = attachments
        self.model: RowTableModel[PaperInFile] = RowTableModel(
            file_columns(staff),
            key=lambda p: p.line.paper_id,
            brush_of=setting.look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="受領書類", characters=_WIDTHS, stretch=_STRETCH),
            "papers_of_file",
        )
        self.words = named(Paragraph(), "paper_words")
        may_attach = staff.may(Permission.RECEIVE_PAPERS)
        self.files = FilesOfPaper(setting.look, may_attach=may_attach)
        self.attaching = AttachPanel(self, attachments, setting)
        self.viewer = FileViewer(self, attachments)
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the papers and their files again."""
        self.run(
            lambda: (
                self._papers.of_household(self._household_id),
                self._attachments.of_household(self._household_id),
            ),
            self._show,
        )

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether files are still on their way."""
        return self.attaching.is_working

    def _show(self, found: tuple[tuple[PaperInFile, ...], tuple[AttachmentLine, ...]]) -> None:
        papers, files = found
        self.messages.clear()
        place = max(self.table.current_row(), 0)
        self.model.set_rows(papers)
        self.files.set_lines(files)
        if papers:
            self.show_body()
            self.table.select_row(min(place, len(papers) - 1))
        else:
            self.show_empty(_EMPTY)
        self._say()

    def _say(self) -> None:
        paper = self.model.row_at(self.table.currentIndex())
        self.words.say(told(paper) if paper else "")
        self.files.show_paper(paper.line.paper_id if paper else None)

    def _attach(self) -> None:
        paper = self.model.row_at(self.table.currentIndex())
        if paper is not None:
            self.messages.clear()
            self.pages.setCurrentWidget(self.attaching)
            self.attaching.begin(paper.line.paper_id, paper.line.label)

    def _open(self, line: AttachmentLine) -> None:
        self.run(
            lambda: self._attachments.open(self._household_id, line.attachment_id), self._show_file
        )

    def _show_file(self, opened: OpenedFile) -> None:
        self.messages.clear()
        self.pages.setCurrentWidget(self.viewer)
        self.viewer.show_file(opened)

    def _back(self, to: QWidget) -> None:
        self.messages.clear()
        self.pages.setCurrentIndex(0)
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.outer.setContentsMargins(0, 8, 0, 0)
        lists = QWidget()
        layout = QVBoxLayout(lists)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.files)
        for page in (lists, self.attaching, self.viewer):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.files.take_key(self.table)
        self.files.attach_requested.connect(self._attach)
        self.files.opened.connect(self._open)
        self.attaching.attached.connect(lambda _: self.reload())
        self.attaching.left.connect(lambda: self._back(self.table))
        self.viewer.left.connect(lambda: self._back(self.files.table))
