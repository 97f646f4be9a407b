"""受領書類 of one household: every paper ever taken in, with its words, its files, its way and what names it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.attachments import AttachmentLine, OpenedFile
from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInFile
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.papers import acts_for, entries_of, file_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.attachments.attach_panel import AttachPanel, AttachSetting
from desktop.views.attachments.file_viewer import FileViewer
from desktop.views.attachments.files_of_paper import FilesOfPaper
from desktop.views.attachments.ports import Attachments
from desktop.views.papers.file_acts import FileActs
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.papers.low_table import LowTable
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_WIDTHS = {0: 5, 1: 5, 2: 6, 3: 8, 4: 7, 5: 2, 6: 10, 7: 7}
_STRETCH = 6
_EMPTY = (
    "この世帯から受け取った書類はまだありません。「受領書類」の画面で受け取ると、ここに並びます。"
)


class PapersOfFiles(Protocol):
    """Reads the papers of an opened file and works on them (`services/papers`)."""

    def of_household(self, household_id: UUID) -> tuple[PaperInFile, ...]:
        """Every paper, newest first."""

    def draft(self, paper_id: UUID) -> date:
        """Give the owner the to-do of the decision draft."""

    def strike(self, link_id: UUID, reason: str) -> None:
        """Strike a wrong link."""


class FilePapers(ScreenView):
    """Arrow keys go through the papers, Enter opens the record that names one, D drafts, P prints, X strikes a link.

    A attaches a file; Enter on a file shows it in the place of the lists, Esc comes back.
    """

    def __init__(
        self,
        household_id: UUID,
        papers: PapersOfFiles,
        attachments: Attachments,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        make_paper: Callable[[ScreenView], PrintRunView],
        setting: AttachSetting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_papers")
        self._household_id = household_id
        self._papers = papers
        self._attachments = attachments
        self._staff = staff
        self._changes = changes
        self._make_paper = make_paper
        self._wanted_entry: UUID | None = None
        self.paper: PrintRunView | None = None
        self._pages = QStackedWidget()
        self.model: RowTableModel[PaperInFile] = RowTableModel(
            file_columns(staff),
            key=lambda p: p.line.paper_id,
            brush_of=setting.look.brush_of,
            parent=self,
        )
        self.table = named(
            LowTable(self.model, name="受領書類", characters=_WIDTHS, stretch=_STRETCH),
            "papers_of_file",
        )
        self.words = named(Paragraph(), "paper_words")
        may_handle = staff.may(Permission.RECEIVE_PAPERS)
        self.acts = FileActs(may_handle=may_handle)
        self.files = FilesOfPaper(setting.look, may_attach=may_handle)
        self.attaching = AttachPanel(self, attachments, setting)
        self.viewer = FileViewer(self, attachments)
        self._lay_out()
        self._connect()

    def show_entry(self, entry_id: UUID) -> None:
        """Go to the paper that an entry names, also when the papers are not there yet."""
        self._wanted_entry = entry_id
        self._go_to_wanted()

    @override
    def reload(self) -> None:
        """Ask for the papers and their files again."""
        household_id = self._household_id
        self.run(
            lambda: (
                self._papers.of_household(household_id),
                self._attachments.of_household(household_id),
            ),
            self._show,
        )

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether files are still on their way, or a slip came out that the log does not know."""
        return self.attaching.is_working or (self.paper is not None and self.paper.is_unrecorded)

    def current(self) -> PaperInFile | None:
        """The paper at hand."""
        return self.model.row_at(self.table.currentIndex())

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
        self._go_to_wanted()
        self._say()

    def _go_to_wanted(self) -> None:
        for row, paper in enumerate(self.model.rows()):
            if any(link.entry_id == self._wanted_entry for link in entries_of(paper)):
                self.table.select_row(row)
                self._wanted_entry = None
                return

    def _say(self) -> None:
        paper = self.current()
        self.words.say(told(paper) if paper else "")
        self.acts.show_paper(paper, acts_for(paper.line if paper else None, self._staff))
        self.files.show_paper(paper.line.paper_id if paper else None)

    def _open_entry(self) -> None:
        paper = self.current()
        links = entries_of(paper) if paper else ()
        if links:
            self.file_requested.emit(
                FileRequest(
                    household_id=self._household_id,
                    section="chronicle",
                    entry_id=links[0].entry_id,
                )
            )

    def _draft(self) -> None:
        paper = self.current()
        if paper is not None:
            self.run(lambda: self._papers.draft(paper.line.paper_id), self._drafted)

    def _drafted(self, due_on: date) -> None:
        day = format_date(due_on, DateStyle.SHORT)
        self._changes.todo_changed.emit(self)
        self._done(f"保護変更の起案を、{day}までのやることにしました。")

    def _strike(self, link_id: UUID, reason: str) -> None:
        self.run(
            lambda: self._papers.strike(link_id, reason),
            lambda _: self._done("結び付きを取り消しました。取り消したことは残ります。"),
        )

    def _done(self, sentence: str) -> None:
        self.acts.clear()
        self.announced.emit(sentence)
        self._changes.paper_changed.emit(self)
        self.reload()
        self.focus_first()

    def _print(self) -> None:
        paper = self.current()
        if paper is None:
            return
        if self.paper is None:
            view = self.paper = self._make_paper(self)
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(lambda: self._back(self.table))
            view.noted.connect(self.announced)
        self.paper.draw([paper.line.paper_id], FormMark.ORIGINAL, 1)

    def _attach(self) -> None:
        paper = self.current()
        if paper is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.attaching)
            self.attaching.begin(paper.line.paper_id, paper.line.label)

    def _open_attached(self, line: AttachmentLine) -> None:
        self.run(
            lambda: self._attachments.open(self._household_id, line.attachment_id), self._show_file
        )

    def _show_file(self, opened: OpenedFile) -> None:
        self.messages.clear()
        self._pages.setCurrentWidget(self.viewer)
        self.viewer.show_file(opened)

    def _back(self, to: QWidget) -> None:
        self.messages.clear()
        self._pages.setCurrentIndex(0)
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed_elsewhere(self, initiator: object) -> None:
        """Read again when somebody looks: an open file is not read anew while nobody does (its ticket would be renewed)."""
        if initiator is not self:
            self.reload_later()

    def _lay_out(self) -> None:
        page = FollowingScroll()
        page.add_part(self.table, 1)
        for part in (self.words, self.acts, self.files):
            page.add_part(part)
        for one in (page, self.attaching, self.viewer):
            self._pages.addWidget(one)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        acts = self.acts
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.row_opened.connect(lambda _: self._open_entry())
        acts.entry_requested.connect(self._open_entry)
        acts.draft_requested.connect(self._draft)
        acts.print_requested.connect(self._print)
        acts.strike_requested.connect(self._strike)
        acts.left.connect(self.focus_first)
        self.files.take_key(self.table)
        self.files.attach_requested.connect(self._attach)
        self.files.opened.connect(self._open_attached)
        self.attaching.attached.connect(lambda _: self.reload())
        self.attaching.left.connect(lambda: self._back(self.table))
        self.viewer.left.connect(lambda: self._back(self.files.table))
        self._changes.paper_changed.connect(self._changed_elsewhere)
        for key, button in (
            ("D", acts.draft_button),
            ("P", acts.print_button),
            ("X", acts.strike_button),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(button.click)
