"""移送費申請書（求職・通院） (S-22): the ways of one purpose with their fares, to be read and signed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.medical_forms import TripApplication
from desktop.domain.work_estimates import yen
from desktop.reports.blocks import (
    Column,
    Grid,
    LongText,
    Note,
    Said,
    Signature,
    Space,
    Table,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.medical.parts import LABEL, cell
from desktop.reports.page import Align
from desktop.reports.setter import Block

_BLANK = 10
_COLUMNS = (
    Column("日付", 26),
    Column("出発地", 36),
    Column("行き先", 36),
    Column("交通手段", 26),
    Column("運賃", 24, Align.RIGHT),
    Column("証拠", 26),
)


def _lay_out(form: TripApplication) -> Iterator[Block]:
    imprint = form.imprint
    yield Title(has_office=False)
    yield Said(
        f"{imprint.style.signatory or imprint.office_name}　{imprint.label(TRIP_APPLICATION.code, 'あて')}"
    )
    yield Space(2)
    yield Said(imprint.say(TRIP_APPLICATION.code, "asking"), below=3)
    yield Grid(
        [
            [cell("申請する日", ""), cell("ケース番号", form.case_number)],
            [cell("申請者の氏名", form.name), cell("生年月日", imprint.day(form.birth_date))],
            [cell("移動の目的", form.purpose)],
        ],
        label_width=LABEL,
    )
    yield Space(3)
    rows = [
        (
            imprint.day(trip.on_day, is_short=True),
            trip.from_place,
            trip.to_place,
            trip.means,
            yen(trip.fare),
            trip.evidence,
        )
        for trip in form.trips
    ]
    yield Table(_COLUMNS, [*rows, *[("",) * 6] * (_BLANK - len(rows))], row=9.0)
    total = sum(trip.fare for trip in form.trips)
    yield Grid([[cell("合計", yen(total) if form.trips else "")]], label_width=LABEL)
    yield Space(2)
    yield LongText("この道順・交通手段にした理由", lines=2, label_width=LABEL)
    papers = ("領収書", "受診・面接を証明するもの", "医師の意見（タクシーなどのとき）")
    yield Grid(
        [
            [cell("添える書類", checks((paper, False) for paper in papers))],
            [cell("振込先", "")],
        ],
        label_width=LABEL,
    )
    yield Note(imprint.say(TRIP_APPLICATION.code, "check"))
    yield Signature("署名")


TRIP_APPLICATION: FormKind[TripApplication] = FormKind(
    code="S-22",
    title="移送費申請書（求職・通院）",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
