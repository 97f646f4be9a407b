"""The form of a liaison (関係先): who it is, how and when it is reached, or that nobody rings it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from desktop.domain.era import DateStyle
from desktop.domain.ids import new_id
from desktop.domain.liaisons import (
    BAR_REASON,
    LIAISON_KIND,
    MOST_NAME,
    MOST_WHOM,
    BarReason,
    FileLiaisons,
    Liaison,
    LiaisonInput,
    LiaisonKind,
)
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.visit_preferences.telephone_fields import NumberLine

_HELP = "病名や病状は書きません。連絡してよいかが分からないときは、かける前に本人に確かめます。"
_BAR = "理由を選ぶと、一覧・検索・訪問前のまとめ・引継票に「連絡しない」と出ます。電話番号は、相手を見分けるためにだけ入れます。"
_LIFT = "「連絡しない」を解くときは、理由の欄を空にして、解く理由を書きます。"
_END_BARRED = "「連絡しない」も終わります。終える理由を書きます。まだ連絡してはいけない相手は、終わりにしません。"
_END = "終わりの日を入れます。記録は残り、引継票には出なくなります。"


class LiaisonForm(ActForm):
    """`acted` carries a LiaisonInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("liaison_form", "関係先", "保存する")
        self._household_id, self._today = household_id, today
        self._row_id = new_id()
        self._old: Liaison | None = None
        self.kind = ChoiceField("種類", _choices(LIAISON_KIND), required=True)
        self.name = TextField("氏名・名称", required=True, characters=24, longest=MOST_NAME)
        self.whom = TextField("担当者・部署", characters=24, longest=MOST_WHOM)
        self.telephone = NumberLine("電話")
        self.hours = TextField("かける時間", characters=24, longest=MOST_WHOM)
        self.person = ChoiceField("対象の世帯員", ())
        self.bar = ChoiceField("連絡しない理由", _choices(BAR_REASON))
        self.reason = LongTextField("連絡しないを解く・終える理由", lines=1, most_lines=4)
        self.note = LongTextField("備考", lines=2, most_lines=6)
        self.valid_from = DateField("いつから", today=today, required=True, style=DateStyle.SHORT)
        self.valid_to = DateField("いつまで", today=today, style=DateStyle.SHORT)
        self.put("kind", "種類(&K)", self.kind)
        self.put("name", "氏名・名称(&W)", self.name)
        self.put("telephone", "電話(&T)", self.telephone)
        self.put("whom", "担当者・部署(&D)", self.whom)
        self.put("hours", "かける時間(&H)", self.hours)
        self.put("person_id", "対象の世帯員(&P)", self.person)
        self.put("bar", "連絡しない理由（空欄は連絡してよい）(&X)", self.bar)
        self.put("reason", "連絡しないを解く・終える理由(&R)", self.reason)
        self.put("note", "備考(&N)", self.note)
        self.put("valid_from", "いつから(&S)", self.valid_from)
        self.put("valid_to", "いつまで(&E)", self.valid_to)

    def begin(self, found: FileLiaisons) -> None:
        """Stand ready for somebody new."""
        self._start(found, None)
        self.valid_from.show_value(self._today())
        self.what.say(_HELP)
        self.ready(self.kind)

    def change(self, found: FileLiaisons, old: Liaison) -> None:
        """Stand ready for a further version of somebody."""
        self._show(found, old)
        self.what.say(_LIFT if old.bar is not None else _HELP)
        self.ready(self.name)

    def bar_it(self, found: FileLiaisons, old: Liaison) -> None:
        """Stand ready to say why nobody rings somebody, or that one may again."""
        self._show(found, old)
        self.what.say(_LIFT if old.bar is not None else _BAR)
        self.ready(self.bar)

    def end(self, found: FileLiaisons, old: Liaison) -> None:
        """Stand ready to end somebody, as a rule today."""
        self._show(found, old)
        if old.valid_to is None:
            self.valid_to.show_value(max(self._today(), old.valid_from))
        if old.bar is None:
            self.what.say(_END)
            self.ready(self.valid_to)
        else:
            self.what.say(_END_BARRED)
            self.ready(self.reason)

    @override
    def given(self, reader: FormReader) -> LiaisonInput | None:
        kind, name = reader.read("kind", self.kind), reader.read("name", self.name)
        telephone = reader.read("telephone", self.telephone)
        whom, hours = reader.read("whom", self.whom), reader.read("hours", self.hours)
        person, bar = reader.read("person_id", self.person), reader.read("bar", self.bar)
        reason, note = reader.read("reason", self.reason), reader.read("note", self.note)
        valid_from = reader.read("valid_from", self.valid_from)
        valid_to = reader.read("valid_to", self.valid_to)
        if kind is None or name is None or valid_from is None:
            return None
        old = self._old
        return LiaisonInput(
            row_id=self._row_id,
            liaison_id=old.liaison_id if old else self._row_id,
            household_id=self._household_id,
            version=old.version if old else 0,
            kind=LiaisonKind(kind),
            name=name,
            valid_from=valid_from,
            whom=whom or "",
            telephone=telephone or "",
            hours=hours or "",
            note=note or "",
            bar=BarReason(bar) if bar else None,
            reason=reason or "",
            person_id=UUID(person) if person else None,
            valid_to=valid_to,
        )

    def _start(self, found: FileLiaisons, old: Liaison | None) -> None:
        self.clear()
        self._row_id, self._old = new_id(), old
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self.show_field(self.reason, is_shown=old is not None and old.bar is not None)

    def _show(self, found: FileLiaisons, old: Liaison) -> None:
        self._start(found, old)
        self.kind.show_value(old.kind)
        self.name.show_value(old.name)
        self.telephone.show_value(old.telephone or None)
        self.whom.show_value(old.whom or None)
        self.hours.show_value(old.hours or None)
        self.person.show_value(str(old.person_id) if old.person_id else None)
        self.bar.show_value(old.bar)
        self.note.show_value(old.note or None)
        self.valid_from.show_value(old.valid_from)
        self.valid_to.show_value(old.valid_to)


def _choices(labels: Mapping[LiaisonKind, str] | Mapping[BarReason, str]) -> list[Choice]:
    return [Choice(code=code, label=label) for code, label in labels.items()]
