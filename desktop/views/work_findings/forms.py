"""The forms of the legal finding: three elements with facts and dated evidence, and the decision on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.work_findings import (
    ELEMENT,
    ELEMENT_STATE,
    FINDING_OUTCOME,
    FOUND_BY,
    Element,
    ElementFinding,
    ElementState,
    FindingDecisionInput,
    FindingInput,
    FindingOutcome,
    FindingsOfFile,
    FoundBy,
    WorkFinding,
)
from desktop.override import override
from desktop.viewmodels.work_findings import finding_words
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_HELP = (
    "法4条1項の判断の案です。年齢や医師の意見だけでなく、資格・生活歴・職歴、実際の活動、地域の求人や"
    "家族の事情を事実で書きます。支援区分は根拠になりません。判断するのは、会議か所長・課長です。"
)
Places = dict[str, Field[Any]]


class _Form(QWidget):
    """Title, help, body, buttons and keys; `left` on Esc."""

    left = Signal()

    def __init__(self, title: str, act: str) -> None:
        super().__init__()
        self.title, self.help = named(QLabel(title), "section_title"), Paragraph(tone="muted")
        self.act_button = QPushButton(f"{act}（Ctrl+Enter）")
        self.back_button = QPushButton("やめる（Esc）")
        self.act_button.setProperty("primary", True)
        self.act_button.clicked.connect(self.act)
        self.back_button.clicked.connect(self.left)
        for key, done in (
            ("Ctrl+Return", self.act),
            ("Ctrl+Enter", self.act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(done)

    def act(self) -> None:
        """Store what was entered."""
        raise NotImplementedError

    def places(self) -> Places:
        """Fields by the names that refusals use."""
        raise NotImplementedError

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        fields = error.fields if isinstance(error, ValidationError) else {}
        places = self.places()
        placed = [name for name in fields if name in places]
        for name in placed:
            places[name].show_error(fields[name])
        return "" if placed else error.sentence

    def lay_out(self, *parts: QWidget) -> None:
        """The page from top to bottom."""
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = FollowingScroll()
        for part in (self.title, self.help, *parts):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)  # always in view, however far one has scrolled


class _ElementFields(QWidget):
    """One element."""

    def __init__(self, element: Element, today: Callable[[], date]) -> None:
        super().__init__()
        label = ELEMENT[element]
        states = [Choice(code=code, label=text) for code, text in ELEMENT_STATE.items()]
        self.element = element
        self.state = ChoiceField(label, states, required=True)
        self.facts = LongTextField(f"{label}：事実", lines=3, most_lines=12, required=True)
        self.evidence = LongTextField(f"{label}：根拠", lines=1, most_lines=6, required=True)
        self.as_of = DateField(
            f"{label}：根拠の日", today=today, required=True, style=DateStyle.SHORT
        )
        form = FormLayout(self, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field(label, self.state)
        form.add_field("事実", self.facts)
        form.add_field("根拠（だれの・何の資料か）", self.evidence)
        form.add_field("根拠の日", self.as_of)

    def begin(self) -> None:
        """Nothing is filled in from elsewhere."""
        self.state.show_value(ElementState.UNKNOWN)
        for field in (self.facts, self.evidence):
            field.show_value(None)
        self.as_of.show_value(None)

    def read(self, reader: FormReader) -> ElementFinding:
        """What was entered."""
        state = reader.read("state", self.state)
        facts, evidence = reader.read("facts", self.facts), reader.read("evidence", self.evidence)
        as_of = reader.read("as_of", self.as_of)
        return ElementFinding(
            element=self.element,
            state=ElementState(state or ElementState.UNKNOWN),
            facts=facts or "",
            evidence=evidence or "",
            as_of=as_of or date.min,
        )


class FindingForm(_Form):
    """`put_forward` carries a FindingInput."""

    put_forward = Signal(object)

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("稼働能力の活用の判断案", "判断案として保存")
        self.setObjectName("finding_form")
        self._household_id, self._today, self._finding_id = household_id, today, new_id()
        self.person = ChoiceField("対象者", (), required=True)
        self.found_on = DateField("判断案の日", today=today, required=True, style=DateStyle.SHORT)
        self.elements = {element: _ElementFields(element, today) for element in Element}
        top = QWidget()
        form = FormLayout(top, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("対象者(&P)", self.person)
        form.add_field("判断案の日(&D)", self.found_on)
        self.lay_out(top, *self.elements.values())
        self.help.say(_HELP)

    def begin(self, found: FindingsOfFile) -> None:
        """Stand ready for a finding about somebody of the household."""
        self._finding_id = new_id()
        people = [Choice(code=str(key), label=name) for key, name in found.people.items()]
        self.person.set_choices(people)
        self.person.show_value(people[0].code if people else None)
        self.found_on.show_value(self._today())
        self.clear()
        self.act_button.setEnabled(True)
        self.person.setFocus()

    def has_unsaved(self) -> bool:
        """Whether facts were typed."""
        return any(each.facts.editor().toPlainText().strip() for each in self.elements.values())

    def clear(self) -> None:
        """Forget what was typed."""
        for each in self.elements.values():
            each.begin()

    @override
    def places(self) -> Places:
        """Fields by the names that refusals use."""
        found: Places = {"person_id": self.person, "found_on": self.found_on}
        for element, each in self.elements.items():
            found[f"{element}.facts"] = each.facts
            found[f"{element}.evidence"] = each.evidence
            found[f"{element}.as_of"] = each.as_of
        return found

    @override
    def act(self) -> None:
        """Hand the finding over."""
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        person = reader.read("person_id", self.person)
        found_on = reader.read("found_on", self.found_on)
        elements = tuple(each.read(reader) for each in self.elements.values())
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.put_forward.emit(
            FindingInput(
                finding_id=self._finding_id,
                household_id=self._household_id,
                person_id=UUID(str(person)),
                found_on=found_on or self._today(),
                elements=elements,
            )
        )


class DecisionForm(_Form):
    """`decided` carries a FindingDecisionInput."""

    decided = Signal(object)

    def __init__(self, household_id: UUID) -> None:
        super().__init__("稼働能力の活用の判断", "判断を記録")
        self.setObjectName("finding_decision_form")
        self._household_id = household_id
        self._finding: WorkFinding | None = None
        outcomes = [Choice(code=code, label=text) for code, text in FINDING_OUTCOME.items()]
        self.outcome = ChoiceField("判断", outcomes, required=True)
        self.how = ChoiceField("だれの判断か", (), required=True)
        self.matter = ChoiceField("会議の議題", ())
        self.reason = LongTextField("理由", lines=3, most_lines=12, required=True)
        body = QWidget()
        form = FormLayout(body, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("判断(&K)", self.outcome)
        form.add_field("だれの判断か(&H)", self.how)
        form.add_field("会議の議題（会議録のあるもの）(&M)", self.matter)
        form.add_field("理由(&R)", self.reason)
        self.lay_out(body)

    def begin(self, finding: WorkFinding, found: FindingsOfFile) -> None:
        """Stand ready to decide a finding; its words stand above."""
        self._finding = finding
        self.help.say(finding_words(finding))
        ways = (
            (FoundBy.CONFERENCE, FoundBy.HEAD) if found.may_decide_alone else (FoundBy.CONFERENCE,)
        )
        self.how.set_choices([Choice(code=way, label=FOUND_BY[way]) for way in ways])
        self.how.show_value(ways[0])
        matters = [
            Choice(code=str(m.matter_id), label=f"{format_date(m.held_on)}の会議")
            for m in found.matters
            if m.person_id == finding.person_id
        ]
        self.matter.set_choices(matters)
        self.matter.show_value(matters[0].code if matters else None)
        self.clear()
        self.act_button.setEnabled(True)
        self.outcome.setFocus()

    def has_unsaved(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.editor().toPlainText().strip())

    def clear(self) -> None:
        """Forget what was typed."""
        self.outcome.show_value(FindingOutcome.UNDECIDED)
        self.reason.show_value(None)

    @override
    def places(self) -> Places:
        """Fields by the names that refusals use."""
        return {
            "outcome": self.outcome,
            "how": self.how,
            "matter_id": self.matter,
            "reason": self.reason,
        }

    @override
    def act(self) -> None:
        """Hand the decision over."""
        finding = self._finding
        if finding is None or not self.act_button.isEnabled():
            return
        reader = FormReader()
        outcome, how = reader.read("outcome", self.outcome), reader.read("how", self.how)
        matter, reason = reader.read("matter_id", self.matter), reader.read("reason", self.reason)
        try:
            reader.finish()
        except ValidationError:
            return
        way = FoundBy(str(how))
        self.act_button.setEnabled(False)
        self.decided.emit(
            FindingDecisionInput(
                finding_id=finding.finding_id,
                household_id=self._household_id,
                outcome=FindingOutcome(str(outcome)),
                how=way,
                reason=reason or "",
                matter_id=UUID(matter) if matter and way is FoundBy.CONFERENCE else None,
            )
        )
