"""The strip in which a request is taken in: whose record, who asks, which days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import months_later
from desktop.domain.disclosures import (
    MOST_NAME,
    REQUESTER,
    DisclosurePerson,
    Requester,
    RequestInput,
)
from desktop.domain.ids import new_id
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import keep_height_for_width

_YEAR = 12
_HEADING = "開示請求書のとおりに入力してください。期限は請求日から数えて決まります。"


class RequestForm(SmallForm):
    """`taken` carries a RequestInput. The id stays until it was stored, so that a retry stores once."""

    taken = Signal(object)

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        self._household_id = household_id
        self._today = today
        self._id = new_id()
        people = [Choice(code=r.value, label=label) for r, label in REQUESTER.items()]
        self.person_id = ChoiceField("だれの記録か", (), required=True)
        self.requester = ChoiceField("請求者の区分", people, required=True)
        self.asked_by = TextField("請求した方の氏名", required=True, longest=MOST_NAME)
        self.asked_on = DateField("請求日", today=today, required=True)
        self.records_from = DateField("記録の始まり", today=today, required=True)
        self.records_to = DateField("記録の終わり", today=today, required=True)
        fields: dict[str, QWidget] = {
            "だれの記録か(&D)": self.person_id,
            "請求者(&K)": self.requester,
            "請求した方の氏名(&S)": self.asked_by,
            "請求日(&Q)": self.asked_on,
            "記録の始まり(&A)": self.records_from,
            "記録の終わり(&E)": self.records_to,
        }
        super().__init__("request_form", "受け付ける", {"": _flowing(fields)})

    def ask(self, people: tuple[DisclosurePerson, ...]) -> None:
        """Ask for a request about one of these people; the days are proposed, who asks is not."""
        self._id = new_id()
        self.begin(_HEADING)
        choices = [Choice(code=str(p.person_id), label=p.name) for p in people]
        self.person_id.set_choices(choices)
        self.person_id.show_value(choices[0].code if len(choices) == 1 else None)
        self.requester.show_value(None)
        self.asked_by.show_value(None)
        self.asked_on.show_value(self._today())
        self.records_from.show_value(months_later(self._today(), -_YEAR))
        self.records_to.show_value(self._today())
        first = self.person_id if len(choices) > 1 else self.requester
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand the request in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        person = reader.read("person_id", self.person_id)
        requester = reader.read("requester", self.requester)
        asked_by = reader.read("asked_by", self.asked_by)
        asked_on = reader.read("asked_on", self.asked_on)
        since = reader.read("records_from", self.records_from)
        until = reader.read("records_to", self.records_to)
        reader.finish()
        given = RequestInput(
            disclosure_id=self._id,
            household_id=self._household_id,
            person_id=UUID(str(person)),
            requester=Requester(str(requester)),
            asked_by=asked_by or "",
            asked_on=asked_on or self._today(),
            records_from=since or self._today(),
            records_to=until or self._today(),
        )
        self.taken.emit(given)


def _flowing(fields: Mapping[str, QWidget]) -> QWidget:
    """The fields one after the other, in as many lines as the width asks for."""
    whole = QWidget()
    keep_height_for_width(whole)
    row = FlowLayout(whole, gap=10)
    for label, field in fields.items():
        row.addWidget(form_row(label, field))
    return whole
