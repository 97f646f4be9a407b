"""The forms of a start of work, of a check whether somebody still works, and of an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from desktop.domain.employment_spells import (
    CHECK_MONTHS,
    JOB_CONTRACT,
    JOB_END_REASON,
    JOB_ROUTE,
    MOST_HOURS,
    MOST_YEN,
    RETENTION_ANSWER,
    CheckInput,
    EmploymentSpell,
    EndInput,
    FileSpells,
    JobContract,
    JobEndReason,
    JobOutcome,
    JobRoute,
    RetentionAnswer,
    SpellInput,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.ids import new_id
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.yen_field import YenField

_HELP = "働き始めたこと・収入が増えたことを記録します。金額は後からわかるときは空けておきます。"
_CHECK_HELP = "わからないときは「不明」にします。不明は離職とは数えません。"
_END_HELP = "記録そのものが誤りのときは「記録の誤り」を選び、どこが誤りかを書きます。"


class SpellForm(ActForm):
    """`acted` carries a SpellInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("spell_form", "就労開始・増収の記録", "記録する")
        self._household_id, self._spell_id = household_id, new_id()
        self.person = ChoiceField("本人", (), required=True)
        self.outcome = ChoiceField("種類", (), required=True)
        self.started_on = DateField("開始日", today=today, required=True, style=DateStyle.SHORT)
        self.employer = TextField("勤め先", characters=24, required=True)
        self.job = TextField("仕事の内容", characters=24)
        self.contract = ChoiceField(
            "雇用形態", [Choice(code=c, label=t) for c, t in JOB_CONTRACT.items()], required=True
        )
        self.route = ChoiceField(
            "経路", [Choice(code=c, label=t) for c, t in JOB_ROUTE.items()], required=True
        )
        self.hours = NumberField("週の時間", unit="時間", highest=MOST_HOURS)
        self.expected_wage = YenField("見込みの月収", highest=MOST_YEN)
        self.first_wage_on = DateField("最初の給料日", today=today, style=DateStyle.SHORT)
        self.income_before = YenField("前の収入認定額", highest=MOST_YEN)
        self.income_after = YenField("後の収入認定額", highest=MOST_YEN)
        self.note = LongTextField("備考", lines=1, most_lines=4)
        self.put("person_id", "本人(&K)", self.person)
        self.put("outcome", "種類(&O)", self.outcome)
        self.put("started_on", "開始日(&D)", self.started_on)
        self.put("employer", "勤め先(&E)", self.employer)
        self.put("job", "仕事の内容(&J)", self.job)
        self.put("contract", "雇用形態(&C)", self.contract)
        self.put("route", "見つけた経路(&R)", self.route)
        self.put("hours", "1週間の時間(&H)", self.hours)
        self.put("expected_wage", "見込みの月収(&W)", self.expected_wage)
        self.put("first_wage_on", "最初の給料日(&F)", self.first_wage_on)
        self.put("income_before", "就労前の収入認定額（月）(&B)", self.income_before)
        self.put("income_after", "就労後の収入認定額（月）(&A)", self.income_after)
        self.put("note", "備考(&N)", self.note)

    def begin(self, found: FileSpells) -> None:
        """Stand ready for a new start."""
        self.clear()
        self._spell_id = new_id()
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self.outcome.set_choices(
            [Choice(code=code, label=f"{code} {label}") for code, label in found.outcomes.items()]
        )
        self.outcome.show_value(None)
        self.person.show_value(people[0].code if people else None)
        self.what.say(_HELP)
        self.ready(self.person)

    @override
    def given(self, reader: FormReader) -> SpellInput | None:
        person, outcome = (
            reader.read("person_id", self.person),
            reader.read("outcome", self.outcome),
        )
        started_on = reader.read("started_on", self.started_on)
        employer, job = reader.read("employer", self.employer), reader.read("job", self.job)
        contract, route = reader.read("contract", self.contract), reader.read("route", self.route)
        hours = reader.read("hours", self.hours)
        expected_wage = reader.read("expected_wage", self.expected_wage)
        first_wage_on = reader.read("first_wage_on", self.first_wage_on)
        before = reader.read("income_before", self.income_before)
        after = reader.read("income_after", self.income_after)
        note = reader.read("note", self.note)
        if person is None or outcome is None or started_on is None:
            return None
        if contract is None or route is None:
            return None
        return SpellInput(
            spell_id=self._spell_id,
            household_id=self._household_id,
            person_id=UUID(person),
            outcome=JobOutcome(outcome),
            started_on=started_on,
            contract=JobContract(contract),
            route=JobRoute(route),
            first_wage_on=first_wage_on,
            hours=hours,
            expected_wage=expected_wage,
            income_before=before,
            income_after=after,
            employer=employer or "",
            job=job or "",
            note=note or "",
        )


class CheckForm(ActForm):
    """`acted` carries a CheckInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("check_form", "定着の確認", "確認を記録")
        self._household_id, self._today = household_id, today
        self._spell_id, self._check_id = new_id(), new_id()
        months = [Choice(code=str(m), label=f"{m}か月") for m in CHECK_MONTHS]
        self.months = ChoiceField("何か月", months, required=True)
        answers = [Choice(code=c, label=t) for c, t in RETENTION_ANSWER.items()]
        self.answer = ChoiceField("いまも働いていますか", answers, required=True)
        self.checked_on = DateField("確認した日", today=today, required=True, style=DateStyle.SHORT)
        self.put("answer", "いまも働いていますか(&A)", self.answer)
        self.put("months", "就労開始から何か月(&M)", self.months)
        self.put("checked_on", "確認した日(&D)", self.checked_on)

    def begin(self, spell: EmploymentSpell) -> None:
        """Stand ready for an answer about a start: about the oldest check that is due."""
        self.clear()
        self._spell_id, self._check_id = spell.spell_id, new_id()
        due = spell.due_checks(self._today())
        self.months.show_value(str(due[0][0]) if due else None)
        self.checked_on.show_value(self._today())
        self.what.say(f"{spell.person}　{format_date(spell.started_on)}からの就労。{_CHECK_HELP}")
        self.ready(self.answer)

    @override
    def given(self, reader: FormReader) -> CheckInput | None:
        answer, months = reader.read("answer", self.answer), reader.read("months", self.months)
        checked_on = reader.read("checked_on", self.checked_on)
        if answer is None or months is None or checked_on is None:
            return None
        return CheckInput(
            check_id=self._check_id,
            spell_id=self._spell_id,
            household_id=self._household_id,
            months=int(months),
            checked_on=checked_on,
            answer=RetentionAnswer(answer),
        )


class EndForm(ActForm):
    """`acted` carries an EndInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("end_form", "就労の終わり", "終わりを記録")
        self._household_id, self._today = household_id, today
        self._spell_id, self._end_id = new_id(), new_id()
        self.ended_on = DateField("終わった日", today=today, required=True, style=DateStyle.SHORT)
        reasons = [Choice(code=c, label=t) for c, t in JOB_END_REASON.items()]
        self.reason = ChoiceField("理由", reasons, required=True)
        self.note = LongTextField("説明", lines=2, most_lines=6)
        self.put("ended_on", "終わった日(&D)", self.ended_on)
        self.put("reason", "理由(&R)", self.reason)
        self.put("note", "説明（記録の誤りのときは必須）(&N)", self.note)

    def begin(self, spell: EmploymentSpell) -> None:
        """Stand ready for the end of a start."""
        self.clear()
        self._spell_id, self._end_id = spell.spell_id, new_id()
        self.ended_on.show_value(self._today())
        self.what.say(f"{spell.person}　{format_date(spell.started_on)}からの就労。{_END_HELP}")
        self.ready(self.ended_on)

    @override
    def given(self, reader: FormReader) -> EndInput | None:
        ended_on, reason = (
            reader.read("ended_on", self.ended_on),
            reader.read("reason", self.reason),
        )
        note = reader.read("note", self.note)
        if ended_on is None or reason is None:
            return None
        return EndInput(
            end_id=self._end_id,
            spell_id=self._spell_id,
            household_id=self._household_id,
            ended_on=ended_on,
            reason=JobEndReason(reason),
            note=note or "",
        )
