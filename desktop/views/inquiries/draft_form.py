"""The form of an inquiry: about whom, whom to ask, what, why, with which consent, until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.inquiries import (
    AGENCY_KIND,
    CONSENT,
    Consent,
    InquiriesOfFile,
    InquiryDraft,
    InquiryInFile,
    InquiryInput,
    asked_before,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.inquiries.items_field import ItemsField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_FIELDS = ("person_id", "agency", "items", "more", "purpose", "consent", "due_on")
_NEW, _AGAIN = "新しい照会", "差し戻された照会を書き直す"
_ASK, _REDRAFT = "起案する（Ctrl+Enter）", "書き直して出す（Ctrl+Enter）"


class DraftForm(QWidget):
    """`asked` carries an InquiryInput, `redrafted` the inquiry's line and an InquiryDraft. `left` on Esc."""

    asked = Signal(object)
    redrafted = Signal(object, object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("inquiry_form")
        self._household_id, self._today = household_id, today
        self._found: InquiriesOfFile | None = None
        self._old: InquiryInFile | None = None
        self._inquiry_id = new_id()
        self.title = named(QLabel(_NEW), "section_title")
        self.person_id = ChoiceField("だれについて", (), required=True)
        self.agency = ChoiceField("照会先", (), required=True)
        self.items = ItemsField("照会事項", when_empty="照会先を選ぶと、ここに並びます。")
        self.more = LongTextField("ほかに聞くこと", lines=1, most_lines=6)
        self.purpose = LongTextField("目的", required=True, lines=2, most_lines=8)
        self.consent = ChoiceField(
            "同意",
            [Choice(code=c.value, label=label) for c, label in CONSENT.items()],
            required=True,
        )
        self.due_on = DateField("回答の期限", today=today, required=True, style=DateStyle.SHORT)
        self.hint = named(Paragraph(tone="warning"), "asked_before")
        self.act_button = named(QPushButton(_ASK), "ask_inquiry")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_inquiry")
        self._lay_out()
        self._connect()

    def begin(self, found: InquiriesOfFile) -> None:
        """Stand ready for a new inquiry."""
        self._offer(found, None)
        self._inquiry_id = new_id()
        self.person_id.show_value(str(found.members[0].person_id) if found.members else None)
        self.agency.show_value(None)
        self._offer_items()
        self.items.show_value(None)
        for field in (self.more, self.purpose):
            field.show_value(None)
        self.consent.show_value(None)
        self.due_on.show_value(self._today() + timedelta(days=found.due_days))
        self._hint()
        self.agency.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_again(self, found: InquiriesOfFile, old: InquiryInFile) -> None:
        """Show a returned inquiry to be drafted anew; person and agency stay."""
        self._offer(found, old)
        self.person_id.show_value(str(old.line.person_id))
        self.agency.show_value(old.line.agency)
        self._offer_items()
        self.items.show_value(tuple(item.code for item in old.items))
        self.more.show_value(old.more)
        self.purpose.show_value(old.purpose)
        self.consent.show_value(old.line.consent.value)
        self.due_on.show_value(max(old.line.due_on, self._today()))
        self._hint()
        self.items.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in _FIELDS]
        for name in placed:
            getattr(self, name).show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether an inquiry is half typed."""
        texts = (self.more.editor().toPlainText(), self.purpose.editor().toPlainText())
        return any(text.strip() for text in texts)

    def clear(self) -> None:
        """Forget what was typed: it is stored, or given up."""
        for field in (self.more, self.purpose):
            field.show_value(None)
        self.act_button.setEnabled(True)

    def _offer(self, found: InquiriesOfFile, old: InquiryInFile | None) -> None:
        self._found, self._old = found, old
        self.title.setText(_AGAIN if old else _NEW)
        self.act_button.setText(_REDRAFT if old else _ASK)
        self.act_button.setEnabled(True)
        self.person_id.set_choices(
            [
                Choice(code=str(m.person_id), label=f"{m.name}（{m.relation}）", kana=m.kana)
                for m in found.members
            ]
        )
        self.agency.set_choices(
            [
                Choice(code=a.code, label=f"{a.name}（{AGENCY_KIND[a.kind]}）")
                for a in found.agencies
            ]
        )
        for field in (self.person_id, self.agency):
            field.set_read_only(read_only=old is not None)

    def _agency_chosen(self) -> str | None:
        return self.agency.editor().currentData()  # type: ignore[no-any-return]

    def _offer_items(self) -> None:
        if self._found is None:
            return
        code = self._agency_chosen()
        kind = next((a.kind for a in self._found.agencies if a.code == code), None)
        self.items.set_choices(
            [
                Choice(code=item.code, label=f"{item.label}：{item.wording}")
                for item in self._found.items
                if item.kind is kind
            ]
        )

    def _hint(self) -> None:
        """Point out the same question within the office's days. It hinders nothing."""
        code, person = self._agency_chosen(), self.person_id.editor().currentData()
        if self._found is None or self._old is not None or not code or not person:
            self.hint.say("")
            return
        before = asked_before(self._found, UUID(str(person)), code, self._today())
        self.hint.say(
            f"{format_date(before.asked_on)}に、この方について同じ照会先へ {before.label} を起案しています。"
            if before
            else ""
        )

    def _chosen(self) -> None:
        self._offer_items()
        self._hint()

    def _act(self) -> None:
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        person = reader.read("person_id", self.person_id)
        agency = reader.read("agency", self.agency)
        items = reader.read("items", self.items)
        more = reader.read("more", self.more)
        purpose = reader.read("purpose", self.purpose)
        consent = reader.read("consent", self.consent)
        due_on = reader.read("due_on", self.due_on)
        try:
            reader.finish()
        except ValidationError:
            return
        draft = InquiryDraft(
            items=items or (),
            consent=Consent(str(consent)),
            due_on=due_on or self._today(),
            purpose=purpose or "",
            more=more or "",
        )
        self.act_button.setEnabled(False)
        if self._old is not None:
            self.redrafted.emit(self._old.line, draft)
            return
        self.asked.emit(
            InquiryInput(
                inquiry_id=self._inquiry_id,
                household_id=self._household_id,
                person_id=UUID(str(person)),
                agency=str(agency),
                draft=draft,
            )
        )

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        fields = QWidget()
        form = FormLayout(fields, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("だれについて(&M)", self.person_id)
        form.add_field("照会先(&A)", self.agency)
        form.add_field("照会事項（矢印とSpaceで選びます）(&I)", self.items)
        form.add_field("ほかに聞くこと(&O)", self.more)
        form.add_field("目的（依頼書には印刷しません）(&P)", self.purpose)
        form.add_field("同意(&C)", self.consent)
        form.add_field("回答の期限(&D)", self.due_on)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = FollowingScroll()
        for part in (self.title, fields, self.hint, buttons):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.agency.editor().currentIndexChanged.connect(lambda *_: self._chosen())
        self.person_id.editor().currentIndexChanged.connect(lambda *_: self._hint())
        self.act_button.clicked.connect(self._act)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
