"""The form of an earned income: of a new month, a correction, or a taking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of
from desktop.domain.employment_spells import MOST_YEN
from desktop.domain.era import format_month
from desktop.domain.ids import new_id
from desktop.domain.income_months import (
    INCOME_SOURCE,
    Earned,
    FileIncomes,
    IncomeInput,
    IncomeMonth,
    IncomeSource,
)
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.month_field import MonthField
from desktop.views.fields.yen_field import YenField

_HELP = (
    "その月に働いて得た収入の合計を入れます。収入がなかった月は0円、わからない月は記録しません。"
)
_VOID = "この月の収入を取り消します。取り消すと、わからない月になります（0円ではありません）。"


class IncomeForm(ActForm):
    """`acted` carries an IncomeInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("income_form", "就労収入の記録", "記録する")
        self._household_id, self._today = household_id, today
        self._income_id = new_id()
        self._old: IncomeMonth | None = None
        self._is_void = False
        self.person = ChoiceField("本人", (), required=True)
        self.month = MonthField("月", today=today, required=True)
        self.gross = YenField("総支給額", highest=MOST_YEN, required=True)
        self.recognised = YenField("収入認定額", highest=MOST_YEN)
        papers = [Choice(code=c, label=t) for c, t in INCOME_SOURCE.items()]
        self.read_from = ChoiceField("もとの書類", papers, required=True)
        self.reason = LongTextField("訂正・取消の理由", lines=1, most_lines=4, required=True)
        self.put("person_id", "本人(&K)", self.person)
        self.put("month", "月(&M)", self.month)
        self.put("gross", "総支給額（その月の合計）(&G)", self.gross)
        self.put("recognised", "収入認定額（わかるとき）(&C)", self.recognised)
        self.put("read_from", "もとの書類(&P)", self.read_from)
        self.put("reason", "訂正・取消の理由(&R)", self.reason)

    def begin(self, found: FileIncomes, person_id: UUID | None) -> None:
        """Stand ready for a new month: last month of the person whose row was chosen, else of the first."""
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self._begin(None, is_void=False)
        first = people[0].code if people else None
        self.person.show_value(str(person_id) if person_id else first)
        self.month.show_value(months_later(month_of(self._today()), -1))
        self.read_from.show_value(IncomeSource.PAY_SLIP)
        self.what.say(_HELP)
        self.ready(self.gross)

    def put_right(self, old: IncomeMonth, *, is_void: bool) -> None:
        """Stand ready to put a row right or to take it back."""
        self._begin(old, is_void=is_void)
        amounts = "取消" if old.earned is None else old.earned.told()
        head = f"{old.person}　{format_month(old.month)}分　{amounts}。"
        if is_void:
            self.what.say(head + _VOID)
            self.ready(self.reason)
            return
        self.gross.show_value(old.earned.gross if old.earned else None)
        self.recognised.show_value(old.earned.recognised if old.earned else None)
        self.read_from.show_value(old.read_from)
        self.what.say(head + _HELP)
        self.ready(self.gross)

    @override
    def given(self, reader: FormReader) -> IncomeInput | None:
        old = self._old
        reason = None if old is None else reader.read("reason", self.reason)
        if old is not None and self._is_void:
            return self._input(old.person_id, old.month, None, old.read_from, reason)
        person, month = (
            (None, None)
            if old is not None
            else (reader.read("person_id", self.person), reader.read("month", self.month))
        )
        gross = reader.read("gross", self.gross)
        recognised = reader.read("recognised", self.recognised)
        read_from = reader.read("read_from", self.read_from)
        if gross is None or read_from is None:
            return None
        earned, paper = Earned(gross=gross, recognised=recognised), IncomeSource(read_from)
        if old is not None:
            return self._input(old.person_id, old.month, earned, paper, reason)
        if person is None or month is None:
            return None
        return self._input(UUID(person), month, earned, paper, None)

    def _begin(self, old: IncomeMonth | None, *, is_void: bool) -> None:
        self.clear()
        self._old, self._is_void, self._income_id = old, is_void, new_id()
        self.show_field(self.person, is_shown=old is None)
        self.show_field(self.month, is_shown=old is None)
        self.show_field(self.gross, is_shown=not is_void)
        self.show_field(self.recognised, is_shown=not is_void)
        self.show_field(self.read_from, is_shown=not is_void)
        self.show_field(self.reason, is_shown=old is not None)

    def _input(
        self,
        person_id: UUID,
        month: date,
        earned: Earned | None,
        read_from: IncomeSource,
        reason: str | None,
    ) -> IncomeInput:
        return IncomeInput(
            income_id=self._income_id,
            household_id=self._household_id,
            person_id=person_id,
            month=month,
            earned=earned,
            read_from=read_from,
            replaces_id=None if self._old is None else self._old.income_id,
            reason=reason or "",
        )
