"""The forms of a request to Hello Work, and of what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.era import DateStyle
from desktop.domain.ids import new_id
from desktop.domain.referrals import (
    MOST_NUMBER,
    REFERRAL_MOVE,
    REFERRAL_RESULT,
    FileReferrals,
    Referral,
    ReferralInput,
    ReferralMove,
    ReferralResult,
    ReferralStepInput,
    ReferralWords,
)
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField

_HELP = (
    "支援要請書（S-10）に載る内容です。健康上の配慮は、伝える同意の日を入れたときだけ印刷されます。"
    "支援区分や意欲の評価は書きません。"
)
_STEP_HELP = "ハローワークからの返事を、返ってきたとおりに記録します。"


class ReferralForm(ActForm):
    """`acted` carries a ReferralInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("referral_form", "ハローワークへの支援要請", "要請を保存")
        self._household_id, self._today = household_id, today
        self._referral_id = new_id()
        self.person = ChoiceField("本人", (), required=True)
        self.partner = ChoiceField("ハローワーク", (), required=True)
        self.number = TextField("要請番号", characters=12, longest=MOST_NUMBER)
        self.asked_on = DateField("要請日", today=today, required=True, style=DateStyle.SHORT)
        self.reply_by = DateField("回答の期限", today=today, required=True, style=DateStyle.SHORT)
        self.consent_on = DateField("同意の日", today=today, required=True, style=DateStyle.SHORT)
        self.request = LongTextField("お願いする内容", lines=2, most_lines=6, required=True)
        self.wishes = LongTextField("希望", lines=1, most_lines=4)
        self.history = LongTextField("職歴", lines=1, most_lines=6)
        self.qualifications = LongTextField("資格", lines=1, most_lines=4)
        self.barriers = LongTextField("配慮が要る事情", lines=1, most_lines=4)
        self.so_far = LongTextField("これまでの支援", lines=1, most_lines=6)
        self.health_limits = LongTextField("健康上の配慮", lines=1, most_lines=4)
        self.health_consent_on = DateField("健康の同意の日", today=today, style=DateStyle.SHORT)
        self.put("person_id", "本人(&K)", self.person)
        self.put("partner", "ハローワーク(&W)", self.partner)
        self.put("number", "要請番号(&B)", self.number)
        self.put("asked_on", "要請日(&D)", self.asked_on)
        self.put("reply_by", "回答の期限(&L)", self.reply_by)
        self.put("consent_on", "情報を伝える同意を得た日(&C)", self.consent_on)
        self.put("request", "お願いする内容(&R)", self.request)
        self.put("wishes", "本人の希望(&I)", self.wishes)
        self.put("history", "職歴(&H)", self.history)
        self.put("qualifications", "資格(&Q)", self.qualifications)
        self.put("barriers", "配慮が要る事情(&J)", self.barriers)
        self.put("so_far", "これまでの支援(&S)", self.so_far)
        self.put("health_limits", "健康上の配慮（同意があるときだけ印刷）(&E)", self.health_limits)
        self.put("health_consent_on", "健康上の配慮を伝える同意の日(&G)", self.health_consent_on)

    def begin(self, found: FileReferrals) -> None:
        """Stand ready for a new request."""
        self.clear()
        self._referral_id = new_id()
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self.partner.set_choices([Choice(code=p.code, label=p.label) for p in found.partners])
        self.person.show_value(people[0].code if people else None)
        self.partner.show_value(found.partners[0].code if found.partners else None)
        today = self._today()
        self.asked_on.show_value(today)
        self.reply_by.show_value(today + timedelta(days=found.reply_days))
        self.what.say(_HELP)
        self.ready(self.person)

    @override
    def given(self, reader: FormReader) -> ReferralInput | None:
        person, partner = (
            reader.read("person_id", self.person),
            reader.read("partner", self.partner),
        )
        number = reader.read("number", self.number)
        asked_on, reply_by = (
            reader.read("asked_on", self.asked_on),
            reader.read("reply_by", self.reply_by),
        )
        consent_on = reader.read("consent_on", self.consent_on)
        health_consent_on = reader.read("health_consent_on", self.health_consent_on)
        texts = {
            name: reader.read(name, getattr(self, name)) or "" for name in ReferralWords.__slots__
        }
        if person is None or asked_on is None or reply_by is None:
            return None
        return ReferralInput(
            referral_id=self._referral_id,
            household_id=self._household_id,
            person_id=UUID(person),
            number=number or "",
            partner=partner or "",
            asked_on=asked_on,
            reply_by=reply_by,
            consent_on=consent_on,
            health_consent_on=health_consent_on,
            words=ReferralWords(**texts),
        )


class ReferralStepForm(ActForm):
    """`acted` carries a ReferralStepInput. Only what can come next is offered."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("referral_step_form", "ハローワークからの返事", "返事を記録")
        self._household_id, self._today = household_id, today
        self._step_id, self._referral_id = new_id(), new_id()
        self.what_came = ChoiceField("動き", (), required=True)
        self.on_day = DateField("日付", today=today, required=True, style=DateStyle.SHORT)
        self.until = DateField("支援期間の終わり", today=today, style=DateStyle.SHORT)
        results = [Choice(code=code, label=label) for code, label in REFERRAL_RESULT.items()]
        self.result = ChoiceField("結果", results)
        self.navigator = TextField("担当のナビゲーター", characters=16)
        self.note = LongTextField("備考", lines=2, most_lines=6)
        self.put("move", "何がありましたか(&K)", self.what_came)
        self.put("on_day", "日付(&D)", self.on_day)
        self.put("until", "支援期間の終わり(&U)", self.until)
        self.put("result", "終了の結果(&R)", self.result)
        self.put("navigator", "担当のナビゲーター(&N)", self.navigator)
        self.put("note", "備考(&B)", self.note)
        self.what_came.editor().currentTextChanged.connect(lambda _: self._fit())

    def begin(self, referral: Referral) -> None:
        """Stand ready for what came back about a request."""
        self.clear()
        self._step_id, self._referral_id = new_id(), referral.referral_id
        moves = referral.next_moves
        self.what_came.set_choices([Choice(code=move, label=REFERRAL_MOVE[move]) for move in moves])
        self.what_came.show_value(moves[0] if moves else None)
        self.on_day.show_value(self._today())
        if referral.steps:
            self.navigator.show_value(referral.steps[0].navigator)
        self.what.say(f"{referral.person}。{_STEP_HELP}")
        self._fit()
        self.ready(self.what_came)

    def _fit(self) -> None:
        """Only what belongs to the move is asked: a period that begins or goes on has an end, support that is over a result."""
        said = self.what_came.editor().currentText()
        came = next((move for move, label in REFERRAL_MOVE.items() if label == said), None)
        if came is None:  # still being typed
            return
        goes_on = came in {ReferralMove.ACCEPTED, ReferralMove.EXTENDED}
        self.show_field(self.until, is_shown=goes_on)
        self.show_field(self.result, is_shown=came is ReferralMove.ENDED)

    @override
    def given(self, reader: FormReader) -> ReferralStepInput | None:
        move, on_day = reader.read("move", self.what_came), reader.read("on_day", self.on_day)
        until, result = reader.read("until", self.until), reader.read("result", self.result)
        navigator, note = reader.read("navigator", self.navigator), reader.read("note", self.note)
        if move is None or on_day is None:
            return None
        return ReferralStepInput(
            step_id=self._step_id,
            referral_id=self._referral_id,
            household_id=self._household_id,
            move=ReferralMove(move),
            on_day=on_day,
            until=until,
            result=ReferralResult(result) if result else None,
            navigator=navigator or "",
            note=note or "",
        )
