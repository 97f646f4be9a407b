"""参加・共有の同意: what the person says to taking part, or to a partner being told what. It can be taken back at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.participation_consents import TAKING_PART, PartConsentInput
from desktop.domain.participations import ParticipationRow
from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile
from desktop.domain.support_plans import CONSENT_MOVE, CONSENT_WAY, ConsentMove, ConsentWay
from desktop.override import override
from desktop.viewmodels.support_plans import answerable, part_consent_text
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = (
    "撤回しても参加は自動では終わらず、支援区分や保護は変わりません。共有の同意が撤回された連携先への書類には、"
    "共有していた内容を印刷しません。記録したものは変えられず、新しい記録が優先します。"
)
#: How the box names taking part itself; every other code is a partner's.
_PART = "*"


class PartConsentPanel(AnswerPanel):
    """`recorded` carries a PartConsentInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("part_consent_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._rows: dict[str, ParticipationRow] = {}
        self._labels: dict[str, str] = {}
        self._consent_id = new_id()
        self._is_filling = False
        moves = [Choice(code=code, label=label) for code, label in CONSENT_MOVE.items()]
        ways = [Choice(code=code, label=label) for code, label in CONSENT_WAY.items()]
        self.which = named(ChoiceField("事業参加", (), required=True), "answer_which")
        self.partner = named(ChoiceField("何についての同意か", (), required=True), "answer_about")
        self.move_ = named(ChoiceField("本人の答え", moves, required=True), "answer_move")
        self.said_on = named(DateField("答えた日", today=today, required=True), "answer_said_on")
        self.way = named(ChoiceField("確かめ方", ways, required=True), "answer_way")
        self.shared = named(TextField("共有する情報"), "answer_shared")
        self._shared_row = form_row("共有する情報(&I)", self.shared)
        of_what = [
            form_row("事業参加(&J)", self.which),
            form_row("何についての同意か(&B)", self.partner),
        ]
        answer = [
            form_row("本人の答え(&A)", self.move_),
            form_row("答えた日(&D)", self.said_on),
            form_row("確かめ方(&H)", self.way),
        ]
        for row in (side_by_side(of_what), side_by_side(answer), self._shared_row):
            self.form.addWidget(row)
        self.which.editor().currentIndexChanged.connect(self._offer_matters)
        self.partner.editor().currentIndexChanged.connect(self._say)
        self.move_.editor().currentIndexChanged.connect(self._offer_shared)
        self._watch()

    def begin(self, person: PlannedPerson, found: PlansOfFile) -> None:
        """Stand ready for a member; what is answered is left to be chosen."""
        self._consent_id = new_id()
        self._rows = {str(row.participation_id): row for row in answerable(person)}
        self._labels = {each.code: each.label for each in found.partners.values()}
        self._is_filling = True
        self.which.set_choices(
            [Choice(code=code, label=row.programme_label) for code, row in self._rows.items()]
        )
        self.which.show_value(next(iter(self._rows), None))
        for field, value in ((self.move_, None), (self.way, ConsentWay.SIGNED)):
            field.show_value(value)
        self.said_on.show_value(self._today())
        self.shared.show_value(None)
        self._is_filling = False
        self._begin(f"参加・共有の同意を記録：{person.name}", "")
        self._offer_matters()
        self.which.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {
            "which": self.which,
            "partner": self.partner,
            "move": self.move_,
            "said_on": self.said_on,
            "way": self.way,
            "shared": self.shared,
        }

    @override
    def read(self) -> PartConsentInput:
        reader = FormReader()
        which = reader.read("which", self.which)
        partner = reader.read("partner", self.partner)
        move = reader.read("move", self.move_)
        said_on = reader.read("said_on", self.said_on)
        way = reader.read("way", self.way)
        shared = reader.read("shared", self.shared)
        reader.finish()
        if which is None or said_on is None:
            raise ValidationError
        return PartConsentInput(
            consent_id=self._consent_id,
            household_id=self._household_id,
            participation_id=UUID(which),
            partner=TAKING_PART if partner == _PART else str(partner),
            move=ConsentMove(str(move)),
            said_on=said_on,
            way=ConsentWay(str(way)),
            shared=(shared or "") if self._asks_what() else "",
        )

    def _matters(self, row: ParticipationRow) -> list[Choice]:
        """Taking part, the office's partners, and those of whom somebody spoke that the office has no longer."""
        known = self._labels | {each.partner: each.partner_label for each in row.sharing}
        told = [Choice(code=c, label=f"情報共有：{label}") for c, label in known.items()]
        return [Choice(code=_PART, label="この事業への参加"), *told]

    def _offer_matters(self) -> None:
        """What can be answered of the participation chosen, taking part first."""
        row = self._row()
        if self._is_filling or row is None:
            return
        self._is_filling = True
        self.partner.set_choices(self._matters(row))
        self.partner.show_value(_PART)
        self._is_filling = False
        self._say()

    def _say(self) -> None:
        """What was answered last."""
        row = self._row()
        if self._is_filling or row is None:
            return
        chosen = self.partner.editor().currentData()
        said = part_consent_text(row, TAKING_PART if chosen in {None, _PART} else str(chosen))
        self.hint.say(f"今までの答え：{said}", "info")
        self._offer_shared()

    def _row(self) -> ParticipationRow | None:
        return self._rows.get(str(self.which.editor().currentData()))

    def _asks_what(self) -> bool:
        chosen, move = self.partner.editor().currentData(), self.move_.editor().currentData()
        return chosen not in {None, _PART} and move == ConsentMove.GIVEN

    def _offer_shared(self) -> None:
        self._shared_row.setVisible(self._asks_what())
