"""What is done with an entry from the chronicle, apart from reading it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import ReasonNeededError, UserError
from desktop.domain.master_tables import Master
from desktop.domain.records import Entry, EntryInput, Promise
from desktop.jobs.runner import JobRunner
from desktop.viewmodels.records_actions import EntryAction
from desktop.viewmodels.records_text import entry_text
from desktop.views.records.editor_task import EditorTask, load_task
from desktop.views.records.ports import Material, RecordPorts, load_material
from desktop.views.records.prompt_panel import PromptPanel
from desktop.views.requests import FileRequest

T = TypeVar("T")

_CORRECT = "承認された文章はそのまま残り、訂正が承認されるまで有効です。"
_ANNUL = (
    "記録は消えません。取消線を引いて残り、決裁に回ります。"
    "正しい世帯を選ぶと、同じ文章がその世帯の下書きになります。"
)
#: The form left where nobody was at home (不在連絡票).
_ABSENCE_NOTE = "K-10"
_CONSULT = "この世帯の査察指導員の「やること」に届きます。"


class EntryCommands(QObject):
    """`task_ready` carries an EditorTask, `done` a sentence for the status bar, `refused` a UserError, `file_wanted` a FileRequest."""

    task_ready = Signal(object)
    done = Signal(str)
    refused = Signal(object)
    todo_given = Signal()
    file_wanted = Signal(object)

    def __init__(
        self,
        household_id: UUID,
        ports: RecordPorts,
        runner: JobRunner,
        prompt: PromptPanel,
        staff_id: UUID,
        *,
        today: Callable[[], date],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._household_id = household_id
        self._ports = ports
        self._runner = runner
        self._prompt = prompt
        self._staff_id = staff_id
        self._today = today
        self._is_busy = False

    def write(self, entry: Entry) -> None:
        """Open the editor on an entry."""
        self._run(lambda: load_task(self._ports.records, entry, self._material()), self._ready)

    def new(self, kind: str, addition_to: Entry | None = None) -> None:
        """Open the editor on a blank, or on an addition to an entry."""

        def load() -> EditorTask:
            given = self._ports.records.blank(self._household_id, kind)
            return _blank_task(given, self._material(), addition_to)

        self._run(load, self._ready)

    def act(self, action: EntryAction, entry: Entry | None) -> None:
        """Do what the key says; words are asked for first where they are needed."""
        match action:
            case EntryAction.CONSULT:
                self._prompt.ask(
                    "相談する",
                    _CONSULT,
                    "送る",
                    lambda text, _: self._consult(text),
                    is_required=False,
                )
            case EntryAction.CORRECT if entry is not None:
                self._prompt.ask(
                    "訂正の理由",
                    _CORRECT,
                    "訂正を始める",
                    lambda text, _: self._correct(entry, text),
                )
            case EntryAction.ANNUL if entry is not None:
                self._prompt.ask(
                    "誤記載取消の理由",
                    _ANNUL,
                    "取消を提出",
                    lambda text, right: self._annul(entry, text, right),
                    asks_household=True,
                )
            case EntryAction.WITHDRAW if entry is not None:
                self._withdraw(entry)
            case EntryAction.GIVE_UP if entry is not None:
                self._give_up(entry)
            case EntryAction.ABSENCE_NOTE:
                self.file_wanted.emit(
                    FileRequest(
                        household_id=self._household_id, section="forms", form=_ABSENCE_NOTE
                    )
                )
            case EntryAction.PAPERS if entry is not None:
                self._open_papers(entry)
            case EntryAction.RIGHT_FILE if entry is not None and entry.moved_to is not None:
                self._open_right_file(entry.moved_to)
            case _:
                pass

    def keep(self, promise: Promise, on: date) -> None:
        """Note that a promise was kept; the to-do that came of it vanishes."""

        def kept(_: None) -> None:
            self.todo_given.emit()
            self.done.emit(f"約束を果たしたと記録しました：{promise.what}")

        self._run(lambda: self._ports.records.keep_promise(promise.promise_id, on), kept)

    def review_policy(self, entry_id: UUID) -> None:
        """On to the support policy, at the issue that the record touches."""
        wanted = FileRequest(
            household_id=self._household_id, section="support_policies", impact_of=entry_id
        )
        self.file_wanted.emit(wanted)

    def _open_papers(self, entry: Entry) -> None:
        """Show the papers that the entry names in the file's list of papers."""
        self.file_wanted.emit(
            FileRequest(household_id=self._household_id, section="papers", entry_id=entry.entry_id)
        )

    def _open_right_file(self, copy_id: UUID) -> None:
        def found(copy: Entry) -> None:
            self.file_wanted.emit(
                FileRequest(
                    household_id=copy.household_id, section="chronicle", entry_id=copy.entry_id
                )
            )

        self._run(lambda: self._ports.records.entry(copy_id), found)

    def _material(self) -> Material:
        return load_material(self._ports, self._household_id, self._staff_id)

    def _ready(self, task: EditorTask) -> None:
        self.task_ready.emit(task)

    def _correct(self, entry: Entry, reason: str) -> None:
        def begin() -> EditorTask:
            newest = self._ports.records.start_correction(entry.entry_id, reason)
            return load_task(self._ports.records, newest, self._material())

        def begun(task: EditorTask) -> None:
            self._prompt.finish()
            self.done.emit("訂正の下書きを作りました。")
            self._ready(task)

        self._run(begin, begun, from_prompt=True)

    def _annul(self, entry: Entry, reason: str, right: UUID | None, why_read: str = "") -> None:
        """Submit; where the right file lies outside the duty, ask why it is opened and submit again."""
        self._run(
            lambda: self._ports.records.request_annulment(
                entry.entry_id, reason, right, reading_reason=why_read
            ),
            lambda _: self._finish("誤記載取消を提出しました。"),
            from_prompt=True,
            on_reason=lambda why: self._annul(entry, reason, right, why),
        )

    def _ask_why_read(self, sentence: str, on_reason: Callable[[str], object]) -> None:
        today = self._today()

        def ask(rows: Mapping[str, Mapping[str, object]]) -> None:
            labels = [str(row.get("label", key)) for key, row in rows.items()]
            self._prompt.ask_why_read(sentence, labels, on_reason)

        self._run(
            lambda: self._ports.reasons.in_force(Master.READING_REASONS, today),
            ask,
            from_prompt=True,
        )

    def _withdraw(self, entry: Entry) -> None:
        self._run(
            lambda: self._ports.records.withdraw(entry.entry_id),
            lambda _: self._finish("引き戻しました。下書きとして書き直せます。"),
        )

    def _give_up(self, entry: Entry) -> None:
        self._run(
            lambda: self._ports.records.give_up_change(entry.entry_id),
            lambda _: self._finish(
                "訂正を取りやめました。承認された記録がそのまま有効です。書きかけは履歴に残っています。"
            ),
        )

    def _consult(self, text: str) -> None:
        def sent(_: UUID) -> None:
            self.todo_given.emit()
            self._finish("査察指導員に相談を送りました。")

        self._run(
            lambda: self._ports.todos.consult(self._household_id, text), sent, from_prompt=True
        )

    def _finish(self, sentence: str) -> None:
        self._prompt.finish()
        self.done.emit(sentence)

    def _run(
        self,
        call: Callable[[], T],
        on_success: Callable[[T], object],
        *,
        from_prompt: bool = False,
        on_reason: Callable[[str], object] | None = None,
    ) -> None:
        """One at a time: a key pressed twice acts once."""
        if self._is_busy:
            return
        self._is_busy = True

        def failed(error: UserError) -> None:
            if on_reason is not None and isinstance(error, ReasonNeededError):
                self._ask_why_read(error.sentence, on_reason)
            elif from_prompt:
                self._prompt.refused(error.sentence)
            else:
                self.refused.emit(error)

        self._runner.run(self, call, on_success, failed, on_end=self._rest)

    def _rest(self) -> None:
        self._is_busy = False


def _blank_task(given: EntryInput, material: Material, addition_to: Entry | None) -> EditorTask:
    if addition_to is None:
        return EditorTask(given=given, material=material)
    return EditorTask(
        given=replace(given, relates_to=addition_to.entry_id),
        material=material,
        addition_to=f"「{entry_text(addition_to).heading}」",
    )
