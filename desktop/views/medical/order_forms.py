"""The forms of an order to be examined (検診命令): writing one, and each of its steps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_orders import (
    DECIDING,
    DOUBT,
    ORDER_STEP,
    TO_THE_MEETING,
    Doubt,
    ExaminationOrder,
    OrderInput,
    OrderStep,
    OrderStepInput,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.medical.medical_form import FormSpec, Values
from desktop.views.medical.opinion_forms import Today, day_field
from desktop.views.medical.ports import OrdersOfFiles

_DUE_DAYS = 14
_HELP = (
    "検診命令（法28条1項）は、疑いがあり、ほかの方法では確かめられないときだけ出します。"
    "書いただけでは効力がなく、書いた人とは別の、査察指導員か上位の職が承認してから交付します。"
)
_STEP_HELP = {
    OrderStep.APPROVED: "本当に要るか、本人の負担はどうか、ほかの方法はないかを確かめてから承認します。",
    OrderStep.RETURNED: "この検診命令は出しません。理由を書いて担当員に返します。",
    OrderStep.DELIVERED: "だれに、いつ、どのように渡したか（手渡し・郵送など）を記録します。",
    OrderStep.NOT_OBEYED: f"受診しなかった理由を本人に聞いて記録します。{TO_THE_MEETING}",
    OrderStep.WITHDRAWN: "この検診命令を終わらせます。理由を書いてください。",
}
_WORDS = {
    OrderStep.APPROVED: "確かめたこと(&W)",
    OrderStep.RETURNED: "承認しない理由(&W)",
    OrderStep.DELIVERED: "だれに・どのように渡したか(&W)",
    OrderStep.NOT_OBEYED: "本人に聞いた理由(&W)",
    OrderStep.WITHDRAWN: "取りやめる理由(&W)",
}
_DONE = {
    OrderStep.APPROVED: "検診命令を承認しました。担当員が交付します。",
    OrderStep.RETURNED: "検診命令を承認しませんでした。",
    OrderStep.DELIVERED: "交付を記録しました。検診書が届いたら「検診の結果を記録」で残します。",
    OrderStep.NOT_OBEYED: f"受診しなかったことを記録しました。{TO_THE_MEETING}",
    OrderStep.WITHDRAWN: "検診命令を取りやめました。",
}


def order_form(
    household_id: UUID, person: MedicalPerson, orders: OrdersOfFiles, today: Today
) -> FormSpec:
    """検診命令を書く."""
    doubts = [Choice(code=code, label=label) for code, label in DOUBT.items()]
    due_on = day_field("受診の期限", today)
    due_on.show_value(today() + timedelta(days=_DUE_DAYS))
    fields: dict[str, Field[Any]] = {
        "doubt": ChoiceField("疑いのあること", doubts, required=True),
        "reason": LongTextField("理由", required=True, lines=3, most_lines=12),
        "elsewhere": LongTextField(
            "ほかの方法では確かめられない理由", required=True, lines=3, most_lines=12
        ),
        "institution": TextField("検診を受ける医療機関", required=True, longest=200),
        "address": TextField("所在地", longest=200),
        "department": TextField("診療科", longest=100),
        "items": LongTextField("検査など", lines=1, most_lines=6),
        "due_on": due_on,
        "bring": TextField("持ち物", longest=200),
    }
    labels = {
        "doubt": "疑いのあること(&D)",
        "reason": "理由（20文字以上）(&R)",
        "elsewhere": "したことと、ほかの方法では確かめられない理由（20文字以上）(&E)",
        "institution": "検診を受ける医療機関（事務所が指定）(&I)",
        "address": "所在地(&A)",
        "department": "診療科(&K)",
        "items": "検査など(&T)",
        "due_on": "受診の期限(&L)",
        "bring": "持ち物(&B)",
    }

    def make(values: Values) -> OrderInput:
        texts = {name: values[name] or "" for name in ("address", "department", "items", "bring")}
        return OrderInput(
            order_id=order_id,
            household_id=household_id,
            person_id=person.person_id,
            doubt=Doubt(values["doubt"]),
            due_on=values["due_on"],
            reason=values["reason"],
            elsewhere=values["elsewhere"],
            institution=values["institution"],
            **texts,
        )

    order_id = new_id()
    return FormSpec(
        title=f"検診命令　{person.name}",
        help=_HELP,
        act="検診命令を書く",
        fields=fields,
        labels=labels,
        make=make,
        save=orders.write,
        done="検診命令を書きました。査察指導員か上位の職の承認を待っています。",
    )


def step_form(
    household_id: UUID,
    order: ExaminationOrder,
    step: OrderStep,
    orders: OrdersOfFiles,
    today: Today,
) -> FormSpec:
    """One step of an order, with its day and words."""
    done_on = day_field("日付", today)
    done_on.show_value(today())
    fields: dict[str, Field[Any]] = {
        "words": LongTextField("言葉", required=True, lines=3, most_lines=12),
        "done_on": done_on,
    }

    def make(values: Values) -> OrderStepInput:
        return OrderStepInput(
            step_id=step_id,
            order_id=order.given.order_id,
            household_id=household_id,
            step=step,
            done_on=values["done_on"],
            words=values["words"],
        )

    step_id = new_id()
    return FormSpec(
        title=f"検診命令：{ORDER_STEP[step]}",
        help=_STEP_HELP[step],
        act=f"「{ORDER_STEP[step]}」を記録",
        fields=fields,
        labels={"words": _WORDS[step], "done_on": "日付(&D)"},
        make=make,
        save=orders.judge if step in DECIDING else orders.go_on,
        done=_DONE[step],
    )
