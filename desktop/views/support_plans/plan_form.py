"""個別支援計画を書く: the person's wish first, then goals and steps; what the assessment says stands beside it and is not typed again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile
from desktop.override import override
from desktop.viewmodels.support_plans import digest_text
from desktop.viewmodels.support_plans_form import RIGHTS, PlanDraft, begin_draft, finish_draft
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.support_plans.goals_field import GoalsField
from desktop.views.support_plans.programmes_field import ProgrammesField
from desktop.views.support_plans.steps_field import StepsField
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.support_policies.tab_order import WalkedForm
from desktop.views.widgets import named


class PlanForm(WalkedForm):
    """`submitted` carries a PlanInput; `left` asks to close. Ctrl+S saves the version as a draft, Esc leaves."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("plan_form")
        self._household_id, self._today = household_id, today
        self._draft: PlanDraft | None = None
        self._edits = 0
        self._is_filling = False
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.digest = named(Paragraph(tone="muted"), "plan_digest")
        self.rights = named(Paragraph(tone="muted"), "plan_rights")
        self.starts_on = self._day("始まり")
        self.ends_on = self._day("終わり")
        self.review_on = self._day("見直しの日")
        self.supporter = ChoiceField("就労支援員", ())
        self.programmes = ProgrammesField()
        self.wish = LongTextField("本人の希望（本人の言葉で）", lines=2, most_lines=8)
        self.picture = LongTextField("めざす暮らし", lines=1, most_lines=6)
        self.long_goal = LongTextField("長期目標", lines=1, most_lines=6)
        self.goals = GoalsField(today)
        self.steps = StepsField(today)
        self.every: dict[str, Field[Any]] = {
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "review_on": self.review_on,
            "supporter_id": self.supporter,
            "programmes": self.programmes,
            "wish": self.wish,
            "picture": self.picture,
            "long_goal": self.long_goal,
            "goals": self.goals,
            "steps": self.steps,
        }
        for name, field in self.every.items():
            field.setObjectName(f"plan_{name}")
        self.save_button = named(QPushButton("下書きを保存（Ctrl+S）"), "save_plan")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_plan")
        self.page = FollowingScroll(gap=8)
        self._lay_out()
        self._connect()

    def begin(self, person: PlannedPerson, found: PlansOfFile) -> None:
        """Stand ready for a person's plan, as it stood last."""
        draft = begin_draft(person, self._household_id, self._today())
        self._draft = draft
        self._is_filling = True
        what = (
            "書く"
            if draft.given.shown_version == 0
            else f"書く（第{draft.given.shown_version + 1}版）"
        )
        self.title.setText(f"個別支援計画を{what}：{person.name}")
        self.digest.say(digest_text(person.digest))
        self.rights.say(RIGHTS)
        self.supporter.set_choices([Choice(code=str(i), label=n) for i, n in found.supporters])
        self.programmes.use(found.programmes)
        self._show(draft)
        self._is_filling = False
        self._edits = 0
        self.save_button.setEnabled(True)
        self.page.verticalScrollBar().setValue(0)
        self.wish.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Put the keyboard where it was."""
        last = cast("QWidget | None", self.focusWidget())
        (self.wish.editor() if last is None else last).setFocus()

    def has_unsaved(self) -> bool:
        """Whether somebody typed here since it was opened or stored."""
        return self._edits > 0

    def clear(self) -> None:
        """What was typed is stored, or given up."""
        self._edits = 0
        self._draft = None

    def hand_in(self) -> None:
        """Hand the version over, once."""
        draft = self._draft
        if not self.save_button.isEnabled() or draft is None:
            return
        reader = FormReader()
        read: dict[str, Any] = {n: reader.read(n, field) for n, field in self.every.items()}
        try:
            reader.finish()
        except ValidationError:
            return
        supporter = read["supporter_id"]
        given = replace(
            draft.given,
            starts_on=read["starts_on"],
            ends_on=read["ends_on"],
            review_on=read["review_on"],
            supporter_id=UUID(supporter) if supporter else None,
            programmes=tuple(dict.fromkeys(read["programmes"] or ())),
            wish=read["wish"] or "",
            picture=read["picture"] or "",
            long_goal=read["long_goal"] or "",
        )
        try:
            given = finish_draft(given, read["goals"] or (), read["steps"] or ())
        except ValidationError as error:
            self.show_refusal(error)
            return
        self.save_button.setEnabled(False)
        self.submitted.emit(given)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields and go to the first; return what has no place there."""
        self.save_button.setEnabled(True)
        sentences = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in sentences if name in self.every]
        for name in placed:
            self.every[name].show_error(sentences[name])
        if placed:
            self.every[placed[0]].setFocus()
        elsewhere = [said for name, said in sentences.items() if name not in placed]
        return error.sentence if not sentences else "".join(elsewhere)

    @override
    def stops(self) -> Sequence[QWidget]:
        found: list[QWidget] = []
        for field in (
            *(self.wish, self.picture, self.long_goal, self.goals, self.steps),
            *(self.starts_on, self.ends_on, self.review_on, self.supporter, self.programmes),
        ):
            if isinstance(field, GoalsField | StepsField | ProgrammesField):
                found += field.stops
            else:
                found.append(field.editor())
        return [*found, self.save_button, self.back_button]

    def _day(self, name: str) -> DateField:
        return DateField(name, today=self._today, required=True, style=DateStyle.SHORT)

    def _show(self, draft: PlanDraft) -> None:
        given = draft.given
        self.starts_on.show_value(given.starts_on)
        self.ends_on.show_value(given.ends_on)
        self.review_on.show_value(given.review_on)
        self.supporter.show_value(str(given.supporter_id) if given.supporter_id else None)
        self.programmes.show_value(given.programmes)
        for name in ("wish", "picture", "long_goal"):
            self.every[name].show_value(getattr(given, name) or None)
        self.goals.show_value(draft.goals)
        self.steps.show_value(draft.steps)

    def _was_edited(self) -> None:
        if not self._is_filling:
            self._edits += 1

    def _lay_out(self) -> None:
        self.save_button.setProperty("primary", True)
        for label, field in (
            ("本人の希望（本人の言葉で）(&W)", self.wish),
            ("めざす暮らし(&P)", self.picture),
            ("長期目標(&L)", self.long_goal),
        ):
            self.page.add_part(labelled(label, field))
        self.page.add_part(self.digest)
        self._group("短期目標（1〜3。だれが見ても確かめられるもの）", self.goals)
        self._group("取組（だれが・いつまでに・どのくらい）", self.steps)
        dates = [
            labelled("始まり(&B)", self.starts_on),
            labelled("終わり(&E)", self.ends_on),
            labelled("見直しの日(&V)", self.review_on),
            labelled("就労支援員(&S)", self.supporter),
        ]
        self.page.add_part(side_by_side(dates))
        self._group("使う事業", self.programmes)
        self.page.add_part(self.rights)
        self.page.add_part(QWidget(), 1)
        buttons = FlowingRow()
        buttons.add(self.save_button)
        buttons.add(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.page, 1)
        layout.addWidget(buttons)

    def _group(self, title: str, field: Field[Any]) -> None:
        head = named(QLabel(title), "section_title")
        head.setWordWrap(True)
        self.page.add_part(head)
        self.page.add_part(field)

    def _connect(self) -> None:
        for field in self.every.values():
            field.edited.connect(self._was_edited)
        self.save_button.clicked.connect(self.hand_in)
        self.back_button.clicked.connect(self.left)
        for key, act in (("Ctrl+S", self.hand_in), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
