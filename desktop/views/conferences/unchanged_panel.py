"""The tab 変わりなし: the newest assessment proposes the group that stands. The supervisor reads each one and decides it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.assessment_forms import AssessmentsOfFile
from desktop.domain.ids import new_id
from desktop.domain.roles import Permission
from desktop.domain.support_group_lists import OpenProposal, OpenProposals
from desktop.domain.support_groups import DecidedBy, DecisionInput
from desktop.viewmodels.conferences import Labels, proposal_columns, proposal_words
from desktop.viewmodels.conferences_digest import lines_of
from desktop.viewmodels.rows import RowTableModel
from desktop.views.conferences.decision_form import Decided, DecisionForm
from desktop.views.conferences.digest_view import DigestView
from desktop.views.conferences.list_and_page import ListAndPage
from desktop.views.conferences.ports import ConferencePorts
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_COLUMNS = (1, 4, 6, 0, 7)
_WIDTHS = {0: 7, 1: 3, 2: 6, 3: 6, 4: 7}
_STRETCH = 0
_NOTHING = (
    "区分が変わらない提案はありません。見直しのアセスメントが同じ区分を提案すると、ここに並びます。"
)
_CHOOSE = "区分が変わらない人です。Enterで開き、読んでから一人ずつ決めます。"
_READS = "区分が変わらない人です。決めるのは査察指導員か上位の職の人です。Enterで開きます。"
_OWN = "自分が書いたアセスメントです。ほかの決裁する職の人が決めます。"
_HELD = "安全の確認が先です。世帯のファイルで保留を解いてから決めます。"
_CHANGED = "アセスメントか区分が変わりました。一覧を読み直しました。"
_UNSAVED = "書いた理由は保存されていません。別の人を開くと失われます。"
_LEAVE = "保存せずに開く"
_MAY_NOT = "決めるのは、地区の査察指導員か上位の職の人です。"


class UnchangedPanel(QWidget):
    """Enter opens a row, Ctrl+Enter decides and opens the next."""

    def __init__(self, screen: ScreenView, ports: ConferencePorts) -> None:
        super().__init__()
        self._screen, self._ports = screen, ports
        self._row: OpenProposal | None = None
        self._labels: Labels = {}
        self._decision_id = new_id()
        columns = proposal_columns(ports.clock.today())
        self.model = RowTableModel(
            [columns[place] for place in _COLUMNS],
            key=lambda row: row.assessment_id,
            brush_of=ports.look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="変わりなし", characters=_WIDTHS, stretch=_STRETCH),
            "unchanged",
        )
        self.hint = named(Paragraph(tone="muted"), "unchanged_hint")
        self.digest = DigestView("unchanged_digest")
        self.decision = DecisionForm("confirm", ports.clock.today, fixed=True)
        self._parts = (self.digest, self.decision)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the list again."""
        self._screen.run(self._ports.groups.unchanged, self._show)

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether a reason is typed."""
        return self._row is not None and self.decision.has_unsaved()

    def _show(self, found: OpenProposals) -> None:
        if self.has_unsaved():
            return  # whoever is writing keeps the person at hand
        self._labels = found.labels
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.rows)
        self.table.select_row(min(place, len(found.rows) - 1))
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._row = None
        self._show_parts(shown=False)
        self._say()

    def _say(self) -> None:
        """What to do, and the group of the row at hand by its name; nothing while somebody is being read."""
        if self._row is not None:
            return
        may = self._ports.staff.may(Permission.DECIDE_APPROVALS)
        keys = (_CHOOSE if may else _READS) if self.model.rows() else _NOTHING
        row = self.model.row_at(self.table.currentIndex())
        at_hand = proposal_words(row, self._labels) if row is not None else ""
        self.hint.say("\n".join(filter(None, (at_hand, keys))))

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is None:
            return
        if self.has_unsaved():
            self._ports.dialogs.confirm(self, _UNSAVED, _LEAVE, partial(self._read, row))
        else:
            self._read(row)

    def _read(self, row: OpenProposal) -> None:
        self._screen.messages.clear()
        self._screen.run(
            lambda: self._ports.groups.of_household(row.household_id),
            partial(self._show_file, row),
        )

    def _show_file(self, row: OpenProposal, file: AssessmentsOfFile) -> None:
        person = next((p for p in file.people if p.person_id == row.person_id), None)
        newest = person.newest if person is not None else None
        if person is None or newest is None or newest.given.assessment_id != row.assessment_id:
            self._screen.messages.show_error(_CHANGED)
            self.reload()
            return
        self._row, self._decision_id = row, new_id()
        self.hint.say("")
        title = f"{row.case_number}　{row.name}"
        self.digest.show_lines(lines_of(person, newest, file.tables), title)
        reasons = (
            (not file.may_decide, _MAY_NOT),
            (row.is_own, _OWN),
            (newest.is_held, _HELD),
        )
        refusal = next((sentence for holds, sentence in reasons if holds), "")
        if refusal:
            self.decision.refuse(refusal)
        else:
            self.decision.begin(file.tables, row.proposed)
        self._show_parts(shown=True)
        self.digest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, *, shown: bool) -> None:
        for part in self._parts:
            part.setVisible(shown)

    def _decide(self, given: Decided) -> None:
        row = self._row
        if row is None:
            return
        decision = DecisionInput(
            decision_id=self._decision_id,
            household_id=row.household_id,
            person_id=row.person_id,
            assessment_id=row.assessment_id,
            group=given.group,
            how=DecidedBy.SUPERVISOR,
            next_review_on=given.next_review_on,
            reason=given.reason,
        )

        def decide() -> OpenProposals:
            self._ports.groups.decide(decision)
            return self._ports.groups.unchanged()

        def done(found: OpenProposals) -> None:
            self._row = None
            self._ports.changes.group_changed.emit(row.household_id, self._screen)
            self._screen.announced.emit("区分をそのまま決定しました。")
            self._show(found)
            self.focus_first()
            self._open()

        def refused(error: object) -> None:
            sentence = self.decision.show_refusal(error)  # type: ignore[arg-type]
            if sentence:
                self._screen.messages.show_error(sentence)

        self._screen.messages.clear()
        self._screen.run(decide, done, refused)

    def _lay_out(self) -> None:
        page = FollowingScroll()
        for part in self._parts:
            page.add_part(part)
        page.add_part(self.hint)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(ListAndPage(self.table, page), 1)

    def _connect(self) -> None:
        self.table.row_opened.connect(lambda *_: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.decision.entered.connect(self._decide)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.decision.act)
        leave = QShortcut(QKeySequence("Escape"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.focus_first)
