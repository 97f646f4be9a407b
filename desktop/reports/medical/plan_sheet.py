"""通院計画書／通院・移送費記録 (S-21): plan, appointments and ways, for the person and the office."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.medical_forms import PlanSheet, TripLine
from desktop.domain.medical_plans import PlanRow
from desktop.domain.work_estimates import yen
from desktop.reports.blocks import (
    Column,
    Grid,
    Heading,
    LongText,
    NewSheet,
    Said,
    Signature,
    Space,
    Table,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.medical.parts import LABEL, cell, contact_grid
from desktop.reports.page import Align
from desktop.reports.setter import Block

_BLANK_VISITS, _BLANK_TRIPS = 8, 6
_TRIP_COLUMNS = (
    Column("日付", 24),
    Column("目的", 18),
    Column("出発地から行き先まで", 56),
    Column("交通手段", 26),
    Column("運賃", 22, Align.RIGHT),
    Column("証拠", 28),
)


def _lay_out(sheet: PlanSheet) -> Iterator[Block]:
    day = sheet.imprint.day
    yield Title(text="通院計画書")
    yield Grid(
        [
            [cell("お名前", sheet.name), cell("ケース番号", sheet.case_number)],
            [cell("期間", f"{day(sheet.begins_on)}から{day(sheet.ends_on)}まで")],
        ],
        label_width=LABEL,
    )
    yield LongText("目的（回復の目標）", sheet.purpose, lines=2, label_width=LABEL)
    yield LongText("いまの状態", sheet.condition, lines=2, label_width=LABEL)
    yield Grid([[cell("医師が再び判断する日", day(sheet.rejudge_on))]], label_width=LABEL)
    for number, row in enumerate(sheet.rows, start=1):
        yield Heading(f"通院先 {number}")
        yield from _row(row)
    yield Space(2)
    yield Grid(
        [[cell("同意の日", day(sheet.consented_on)), cell("同意の方法", sheet.consent)]],
        label_width=LABEL,
    )
    yield Space(2)
    yield Said(sheet.imprint.say(HOSPITAL_PLAN_SHEET.code, "rights"), bullet="・", below=3)
    yield contact_grid(sheet.contact, sheet.caseworker, sheet.phone)
    yield Signature("本人の署名")
    yield from _record(sheet)


def _row(row: PlanRow) -> Iterator[Block]:
    approved = checks([("承認あり", row.cost_approved), ("承認なし", not row.cost_approved)])
    yield Grid(
        [
            [cell("医療機関", row.institution), cell("診療科", row.department)],
            [cell("医師", row.doctor), cell("通院の回数", f"月{row.visits_a_month}回")],
            [cell("同行する人", row.companion), cell("交通手段", row.transport)],
            [cell("移送費", approved), cell("検査・服薬など", row.care)],
        ],
        label_width=LABEL,
    )
    yield LongText("医師に聞くこと", row.ask, lines=1, label_width=LABEL)
    yield LongText("伝えてほしいこと", row.convey, lines=1, label_width=LABEL)


def _record(sheet: PlanSheet) -> Iterator[Block]:
    """The second sheet: what was and will be, with room for handwriting."""
    day = sheet.imprint.day
    yield NewSheet()
    yield Title(has_office=False, text="通院・移送費記録")
    yield Heading("通院")
    visits = [
        (f"{day(v.on_day, is_short=True)} {v.at}", v.institution, v.status, v.note)
        for v in sheet.visits
    ]
    yield Table(
        [Column("予約の日", 30), Column("医療機関", 50), Column("結果", 34), Column("備考", 60)],
        [*visits, *[("", "", "", "")] * (_BLANK_VISITS - len(visits))],
        row=8.0,
    )
    yield Space(3)
    yield Heading("移動と運賃")
    trips = [trip_cells(day(trip.on_day, is_short=True), trip) for trip in sheet.trips]
    yield Table(_TRIP_COLUMNS, [*trips, *[("",) * 6] * (_BLANK_TRIPS - len(trips))], row=8.0)
    yield Space(2)
    yield Said(sheet.imprint.say(HOSPITAL_PLAN_SHEET.code, "no_score"), bullet="・")


def trip_cells(day: str, trip: TripLine) -> tuple[str, ...]:
    """One way in the columns of the record."""
    way = f"{trip.from_place}〜{trip.to_place}"
    return (day, trip.purpose, way, trip.means, yen(trip.fare), trip.evidence)


HOSPITAL_PLAN_SHEET: FormKind[PlanSheet] = FormKind(
    code="S-21",
    title="通院計画書／通院・移送費記録",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
