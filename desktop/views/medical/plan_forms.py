"""The forms of hospital plans, appointments and ways."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.ids import new_id
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_plans import (
    CONFIRMED_BY,
    MOST_A_MONTH,
    MOST_FARE,
    TRIP_PURPOSE,
    VISIT_STATUS,
    Appointment,
    AppointmentInput,
    ConfirmedBy,
    HospitalPlan,
    PlanInput,
    PlanRow,
    Trip,
    TripInput,
    TripPurpose,
    VisitInput,
    VisitStatus,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.tick_field import TickField
from desktop.views.fields.yen_field import YenField
from desktop.views.medical.medical_form import FormSpec, Values
from desktop.views.medical.opinion_forms import Today, day_field
from desktop.views.medical.ports import PlansOfFiles

_PLAN_MONTHS = 6
#: Institutions that the form offers; further ones are kept as the earlier plan had them.
_BLOCKS = 2
_ROW_TEXTS = ("department", "doctor", "companion", "transport", "care", "ask", "convey")
_ROW_LABELS = {
    "institution": "医療機関",
    "department": "診療科",
    "doctor": "医師",
    "visits_a_month": "月の通院回数",
    "companion": "同行する人",
    "transport": "交通手段",
    "cost_approved": "移送費",
    "care": "検査・服薬・リハビリ・デイケア",
    "ask": "医師に聞くこと",
    "convey": "本人が医師に伝えてほしいこと",
}


def plan_form(
    household_id: UUID, person: MedicalPerson, plans: PlansOfFiles, today: Today
) -> FormSpec:
    """通院計画: filled in as the person's plan stands, so that a change makes the next version."""
    known = person.plan
    fields, labels = _head(known, today)
    rows = () if known is None else known.given.rows
    for number in range(_BLOCKS):
        row = rows[number] if number < len(rows) else None
        _add_block(fields, labels, number, row)

    def make(values: Values) -> PlanInput:
        made = [_row(values, number) for number in range(_BLOCKS)]
        return PlanInput(
            plan_id=plan_id,
            household_id=household_id,
            person_id=person.person_id,
            begins_on=values["begins_on"],
            ends_on=values["ends_on"],
            purpose=values["purpose"],
            condition=values["condition"] or "",
            consented_on=values["consented_on"],
            consent=values["consent"] or "",
            rejudge_on=values["rejudge_on"],
            rows=(*(row for row in made if row.institution), *rows[_BLOCKS:]),
        )

    plan_id = new_id()
    return FormSpec(
        title=f"通院計画　{person.name}",
        help="本人と一緒に作ります。保存すると新しい版になり、前の計画も残ります。予約は保存のあとに足せます。",
        act="通院計画を保存",
        fields=fields,
        labels=labels,
        make=make,
        save=plans.save,
        done="通院計画を保存しました。「予約を足す」で次の予約を入れられます。",
    )


def appointment_form(
    household_id: UUID, plan: HospitalPlan, plans: PlansOfFiles, today: Today
) -> FormSpec:
    """An appointment of the plan that counts."""
    rows = plan.given.rows
    institution = TextField("医療機関", required=True, longest=200)
    institution.show_value(rows[0].institution if rows else None)
    fields: dict[str, Field[Any]] = {
        "on_day": day_field("予約の日", today),
        "at": TextField("時刻", characters=6, longest=20),
        "institution": institution,
    }

    def make(values: Values) -> AppointmentInput:
        return AppointmentInput(
            appointment_id=appointment_id,
            household_id=household_id,
            plan_id=plan.given.plan_id,
            on_day=values["on_day"],
            at=values["at"] or "",
            institution=values["institution"],
        )

    appointment_id = new_id()
    return FormSpec(
        title="通院の予約",
        help="予約の日が過ぎたら、どうだったかを記録します。",
        act="予約を足す",
        fields=fields,
        labels={
            "on_day": "予約の日(&D)",
            "at": "時刻（例 10:30）(&T)",
            "institution": "医療機関(&I)",
        },
        make=make,
        save=plans.appoint,
        done="予約を足しました。",
    )


def visit_form(
    household_id: UUID, appointment: Appointment, plans: PlansOfFiles, today: Today
) -> FormSpec:
    """What became of an appointment, and the next one."""
    statuses = [Choice(code=code, label=label) for code, label in VISIT_STATUS.items()]
    ways = [Choice(code=code, label=label) for code, label in CONFIRMED_BY.items()]
    fields: dict[str, Field[Any]] = {
        "status": ChoiceField("どうだったか", statuses, required=True),
        "confirmed_by": ChoiceField("確認", ways),
        "note": LongTextField("備考", lines=2, most_lines=8),
        "next_on": day_field("次の予約の日", today, required=False),
    }

    def make(values: Values) -> VisitInput:
        by = values["confirmed_by"]
        return VisitInput(
            visit_id=visit_id,
            appointment_id=appointment.appointment_id,
            household_id=household_id,
            status=VisitStatus(values["status"]),
            confirmed_by=ConfirmedBy(by) if by else None,
            note=values["note"] or "",
            next_on=values["next_on"],
            next_id=next_id,
        )

    visit_id, next_id = new_id(), new_id()
    return FormSpec(
        title="通院の結果",
        help="分からないときは「不明」にします。不明は欠席に数えません。欠席だけで支援や保護費が変わることはありません。",
        act="結果を記録",
        fields=fields,
        labels={
            "status": "どうだったか(&S)",
            "confirmed_by": "何で確かめたか(&C)",
            "note": "備考（欠席の理由など）(&N)",
            "next_on": "次の予約の日(&X)",
        },
        make=make,
        save=plans.note_visit,
        done="通院の結果を記録しました。",
    )


def trip_form(
    household_id: UUID,
    person: MedicalPerson,
    plans: PlansOfFiles,
    today: Today,
    wrong: Trip | None = None,
) -> FormSpec:
    """A way that cost something; filled in as the row that it puts right."""
    purposes = [Choice(code=code, label=label) for code, label in TRIP_PURPOSE.items()]
    fields: dict[str, Field[Any]] = {
        "on_day": day_field("移動した日", today),
        "purpose": ChoiceField("目的", purposes, required=True),
        "from_place": TextField("出発地", required=True, longest=200),
        "to_place": TextField("行き先", required=True, longest=200),
        "means": TextField("交通手段", required=True, longest=100),
        "fare": YenField("運賃", required=True, highest=MOST_FARE),
        "evidence": TextField("証拠", longest=200),
    }
    if wrong is not None:
        for name, field in fields.items():
            field.show_value(getattr(wrong.given, name) or None)

    def make(values: Values) -> TripInput:
        return TripInput(
            trip_id=trip_id,
            household_id=household_id,
            person_id=person.person_id,
            on_day=values["on_day"],
            purpose=TripPurpose(values["purpose"]),
            from_place=values["from_place"],
            to_place=values["to_place"],
            means=values["means"],
            fare=values["fare"],
            evidence=values["evidence"] or "",
            replaces_id=None if wrong is None else wrong.given.trip_id,
        )

    trip_id = new_id()
    return FormSpec(
        title=f"移動・移送費　{person.name}",
        help="領収書や受診の証明があれば「証拠」に書きます。支給の決定は保護システムで行います。",
        act="移動を記録",
        fields=fields,
        labels={
            "on_day": "移動した日(&D)",
            "purpose": "目的(&P)",
            "from_place": "出発地(&F)",
            "to_place": "行き先(&T)",
            "means": "交通手段(&M)",
            "fare": "運賃（往復）(&Y)",
            "evidence": "証拠（領収書・受診の証明など）(&E)",
        },
        make=make,
        save=plans.note_trip,
        done="移動を記録しました。",
    )


def _head(known: HospitalPlan | None, today: Today) -> tuple[dict[str, Field[Any]], dict[str, str]]:
    fields: dict[str, Field[Any]] = {
        "purpose": LongTextField("目的", required=True, lines=2, most_lines=8),
        "condition": LongTextField("いまの状態", lines=2, most_lines=8),
        "begins_on": day_field("始まり", today),
        "ends_on": day_field("終わり", today),
        "consented_on": day_field("同意の日", today, required=False),
        "consent": TextField("同意の方法", longest=300),
        "rejudge_on": day_field("再判断の日", today, required=False),
    }
    fields["begins_on"].show_value(today())
    fields["ends_on"].show_value(months_later(today(), _PLAN_MONTHS))
    if known is not None:
        for name in ("purpose", "condition", "rejudge_on"):
            fields[name].show_value(getattr(known.given, name) or None)
    labels = {
        "purpose": "目的（回復の目標）(&P)",
        "condition": "いまの状態（分かりやすい言葉で）(&C)",
        "begins_on": "いつから(&B)",
        "ends_on": "いつまで(&E)",
        "consented_on": "本人が同意した日(&A)",
        "consent": "どのように同意したか(&H)",
        "rejudge_on": "医師が再び判断する日(&R)",
    }
    return fields, labels


def _add_block(
    fields: dict[str, Field[Any]], labels: dict[str, str], number: int, row: PlanRow | None
) -> None:
    block: dict[str, Field[Any]] = {
        "institution": TextField("医療機関", required=number == 0, longest=200),
        "department": TextField("診療科", longest=100),
        "doctor": TextField("医師", longest=100),
        "visits_a_month": NumberField(
            "月の通院回数", required=number == 0, unit="回", highest=MOST_A_MONTH
        ),
        "companion": TextField("同行する人", longest=100),
        "transport": TextField("交通手段", longest=100),
        "cost_approved": TickField("移送費の承認を受けている"),
        "care": TextField("検査・服薬", longest=300),
        "ask": LongTextField("医師に聞くこと", lines=1, most_lines=6),
        "convey": LongTextField("伝えてほしいこと", lines=1, most_lines=6),
    }
    for name, field in block.items():
        value = None if row is None else getattr(row, name)
        field.show_value(None if value == "" else value)
        key = name if number == 0 else f"{name}_{number + 1}"
        fields[key], labels[key] = field, f"{number + 1}　{_ROW_LABELS[name]}"


def _row(values: Values, number: int) -> PlanRow:
    def value(name: str) -> Any:  # noqa: ANN401 - what the field holds
        return values[name if number == 0 else f"{name}_{number + 1}"]

    return PlanRow(
        institution=value("institution") or "",
        visits_a_month=value("visits_a_month") or 0,
        cost_approved=bool(value("cost_approved")),
        **{name: value(name) or "" for name in _ROW_TEXTS},
    )
