"""The forms about doctors' words: what is asked, an answer as it was given, an opinion heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.assessments import HealthSource
from desktop.domain.era import DateStyle
from desktop.domain.ids import new_id
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_opinions import (
    OPINION_SOURCE,
    Answer,
    DoctorQuestion,
    Enquiry,
    EnquiryInput,
    OpinionInput,
)
from desktop.domain.medical_orders import ExaminationOrder
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.tick_field import TickField
from desktop.views.medical.medical_form import FormSpec, Values
from desktop.views.medical.ports import OpinionsOfFiles

Today = Callable[[], date]
_REPLY_DAYS = 30
#: The first sentence, or what stands before its brackets, and the rest.
_FIRST = re.compile(r"([^（。]+。?)(.*)")
_AS_GIVEN = "医師の言葉は、書かれたとおり・聞いたとおりに入れます。担当員の読み取りは、その下の別の欄に書きます。"


def _said_in_two(question: str) -> tuple[str, str]:
    """What stands beside the box, and what wraps beneath it: a long question asks for no wider window."""
    found = _FIRST.match(question)
    return (found[1], found[2]) if found else (question, "")


def enquiry_form(
    household_id: UUID,
    person: MedicalPerson,
    questions: tuple[DoctorQuestion, ...],
    opinions: OpinionsOfFiles,
    today: Today,
) -> FormSpec:
    """病状照会: whom, until when, with which of the office's questions."""
    asked_on, reply_by = day_field("照会日", today), day_field("回答の期限", today)
    asked_on.show_value(today())
    reply_by.show_value(today() + timedelta(days=_REPLY_DAYS))
    fields: dict[str, Field[Any]] = {
        "institution": TextField("医療機関", required=True, longest=200),
        "doctor": TextField("医師", longest=100),
        "asked_on": asked_on,
        "reply_by": reply_by,
        "consent": LongTextField("本人の同意", required=True, lines=2, most_lines=6),
    }
    labels = {
        "institution": "医療機関(&I)",
        "doctor": "医師(&D)",
        "asked_on": "照会日(&A)",
        "reply_by": "回答の期限(&R)",
        "consent": "本人の同意（いつ・どのように）(&C)",
    }
    for question in questions:
        tick = TickField(*_said_in_two(question.label))
        tick.show_value(True)
        fields[question.code], labels[question.code] = tick, ""
    extra = LongTextField("ほかに聞くこと", lines=2, most_lines=8)
    fields["extra"], labels["extra"] = extra, "ほかに聞くこと（1行に1つ）(&M)"

    def make(values: Values) -> EnquiryInput:
        chosen = [each.label for each in questions if values[each.code]]
        typed = [line.strip() for line in str(values["extra"] or "").splitlines()]
        return EnquiryInput(
            enquiry_id=enquiry_id,
            household_id=household_id,
            person_id=person.person_id,
            asked_on=values["asked_on"],
            reply_by=values["reply_by"],
            institution=values["institution"],
            doctor=values["doctor"] or "",
            questions=(*chosen, *filter(None, typed)),
            consent=values["consent"],
        )

    enquiry_id = new_id()
    return FormSpec(
        title=f"病状照会　{person.name}",
        help="本人の同意を得てから照会します。保存したあと「印刷（Ctrl+P）」で病状照会書（S-07）を出せます。",
        act="照会を記録",
        fields=fields,
        labels=labels,
        make=make,
        save=opinions.ask,
        done="病状照会を記録しました。回答が届いたら、この照会を選んで「回答を記録」で残します。",
    )


def answer_form(
    household_id: UUID,
    person: MedicalPerson,
    enquiry: Enquiry,
    opinions: OpinionsOfFiles,
    today: Today,
) -> FormSpec:
    """回答: one line a question, as the doctor wrote it."""
    given = enquiry.given
    institution, doctor = _where(given.institution, given.doctor)
    fields: dict[str, Field[Any]] = {"given_on": day_field("意見の日", today), "doctor": doctor}
    labels = {"given_on": "医師が書いた日(&D)", "doctor": "医師(&N)"}
    for number, question in enumerate(given.questions):
        fields[f"answer_{number}"] = LongTextField(question, lines=1, most_lines=8)
        labels[f"answer_{number}"] = question
    _add_words(fields, labels, today)
    fields["institution"], labels["institution"] = institution, "医療機関(&I)"

    def make(values: Values) -> OpinionInput:
        answers = tuple(
            Answer(question=question, answer=values[f"answer_{number}"] or "")
            for number, question in enumerate(given.questions)
        )
        return _opinion(
            household_id,
            person,
            opinion_id,
            values,
            source=HealthSource.TREATING,
            answers=answers,
            enquiry_id=given.enquiry_id,
        )

    opinion_id = new_id()
    return FormSpec(
        title=f"病状照会への回答　{person.name}",
        help=_AS_GIVEN,
        act="回答を記録",
        fields=fields,
        labels=labels,
        make=make,
        save=opinions.note_opinion,
        done="医師の回答を、書かれたとおりに記録しました。",
    )


def opinion_form(
    household_id: UUID, person: MedicalPerson, opinions: OpinionsOfFiles, today: Today
) -> FormSpec:
    """医師の意見: heard at a visit, by a contracted doctor (嘱託医), or what the person says."""
    sources = [
        Choice(code=code, label=label)
        for code, label in OPINION_SOURCE.items()
        if code is not HealthSource.EXAMINED
    ]
    institution, doctor = _where("", "")
    source = ChoiceField("だれの意見か", sources, required=True)
    source.show_value(HealthSource.TREATING)
    fields: dict[str, Field[Any]] = {
        "source": source,
        "given_on": day_field("意見の日", today),
        "institution": institution,
        "doctor": doctor,
        "papers": LongTextField("読んだ書類", lines=1, most_lines=6),
    }
    labels = {
        "source": "だれの意見か(&S)",
        "given_on": "意見の日(&D)",
        "institution": "医療機関(&I)",
        "doctor": "医師(&N)",
        "papers": "読んだ書類（嘱託医協議のときは必須）(&P)",
    }
    _add_words(fields, labels, today)

    def make(values: Values) -> OpinionInput:
        source = HealthSource(values["source"])
        return _opinion(household_id, person, opinion_id, values, source=source)

    opinion_id = new_id()
    return FormSpec(
        title=f"医師の意見・嘱託医協議　{person.name}",
        help=_AS_GIVEN,
        act="意見を記録",
        fields=fields,
        labels=labels,
        make=make,
        save=opinions.note_opinion,
        done="医師の意見を、言葉のとおりに記録しました。",
    )


def result_form(
    household_id: UUID,
    person: MedicalPerson,
    order: ExaminationOrder,
    opinions: OpinionsOfFiles,
    today: Today,
) -> FormSpec:
    """検診書: the result of an examination that was ordered."""
    institution, doctor = _where(order.given.institution, "")
    fields: dict[str, Field[Any]] = {
        "given_on": day_field("意見の日", today),
        "institution": institution,
        "doctor": doctor,
    }
    labels = {"given_on": "検診書の日(&D)", "institution": "医療機関(&I)", "doctor": "医師(&N)"}
    _add_words(fields, labels, today)

    def make(values: Values) -> OpinionInput:
        return _opinion(
            household_id,
            person,
            opinion_id,
            values,
            source=HealthSource.EXAMINED,
            order_id=order.given.order_id,
        )

    opinion_id = new_id()
    return FormSpec(
        title=f"検診の結果　{person.name}",
        help=_AS_GIVEN,
        act="検診の結果を記録",
        fields=fields,
        labels=labels,
        make=make,
        save=opinions.note_opinion,
        done="検診書の内容を記録しました。嘱託医の意見を聞き、会議や援助方針の見直しにつなげてください。",
    )


def day_field(name: str, today: Today, *, required: bool = True) -> DateField:
    """A day as forms of this section ask for it."""
    return DateField(name, today=today, required=required, style=DateStyle.SHORT)


def _where(institution: str, doctor: str) -> tuple[TextField, TextField]:
    fields = TextField("医療機関", longest=200), TextField("医師", longest=100)
    for field, value in zip(fields, (institution, doctor), strict=True):
        field.show_value(value or None)
    return fields


def _add_words(fields: dict[str, Field[Any]], labels: dict[str, str], today: Today) -> None:
    fields["words"] = LongTextField("医師の言葉（そのまま）", lines=3, most_lines=15)
    fields["rejudge_on"] = day_field("再判断の日", today, required=False)
    fields["interpretation"] = LongTextField("担当員の読み取り", lines=2, most_lines=10)
    labels["words"] = "医師の言葉（そのまま）(&W)"
    labels["rejudge_on"] = "再判断の日（医師が示したとき）(&R)"
    labels["interpretation"] = "担当員の読み取り（医師の言葉ではありません）(&V)"


def _opinion(
    household_id: UUID,
    person: MedicalPerson,
    opinion_id: UUID,
    values: Values,
    *,
    source: HealthSource,
    answers: tuple[Answer, ...] = (),
    enquiry_id: UUID | None = None,
    order_id: UUID | None = None,
) -> OpinionInput:
    return OpinionInput(
        opinion_id=opinion_id,
        household_id=household_id,
        person_id=person.person_id,
        source=source,
        given_on=values["given_on"],
        institution=values["institution"] or "",
        doctor=values["doctor"] or "",
        answers=answers,
        words=values["words"] or "",
        papers=values.get("papers") or "",
        interpretation=values["interpretation"] or "",
        rejudge_on=values["rejudge_on"],
        enquiry_id=enquiry_id,
        order_id=order_id,
    )
