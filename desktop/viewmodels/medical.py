"""How medical matters of a person read on screen: one list of everything, newest first, and what is told of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_opinions import OPINION_SOURCE, Enquiry, Opinion, answers_said
from desktop.domain.medical_orders import (
    DOUBT,
    ON_HOLD,
    ORDER_STEP,
    TO_THE_MEETING,
    ExaminationOrder,
    OrderStep,
)
from desktop.domain.medical_plans import (
    CONFIRMED_BY,
    GO_AND_SEE,
    NO_SCORE,
    TRIP_PURPOSE,
    VISIT_STATUS,
    Appointment,
    HospitalPlan,
    Kept,
    PlanRow,
    Trip,
)
from desktop.domain.work_estimates import yen
from desktop.viewmodels.columns import Column

Subject = Enquiry | Opinion | ExaminationOrder | HospitalPlan | Appointment | Trip


class MatterKind(StrEnum):
    """What a row of the list is."""

    ENQUIRY = "病状照会"
    OPINION = "医師の意見"
    ORDER = "検診命令"
    PLAN = "通院計画"
    APPOINTMENT = "通院の予約"
    TRIP = "移動・移送費"


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalRow:
    """One matter of the list; `waits` where somebody is still to do something."""

    key: UUID
    kind: MatterKind
    on_day: date
    what: str = field(repr=False)
    state: str
    subject: Subject = field(repr=False)
    waits: bool = False


def medical_columns() -> Sequence[Column[MedicalRow]]:
    """The list of a person's matters."""
    return (
        Column(header="日付", text=lambda r: _short(r.on_day), sort=lambda r: r.on_day),
        Column(header="種類", text=lambda r: r.kind.value),
        Column(header="内容", text=lambda r: r.what),
        Column(
            header="状況", text=lambda r: r.state, tone=lambda r: "warning" if r.waits else None
        ),
    )


def rows_of(person: MedicalPerson, today: date) -> tuple[MedicalRow, ...]:
    """Everything of a person, the newest first; orders are hidden while a question of safety is open."""
    found = [
        *(_enquiry(each, today) for each in person.enquiries),
        *(_opinion(each) for each in person.opinions),
        *(() if person.is_held else (_order(each, today) for each in person.orders)),
        *(_plan(each, is_first=n == 0) for n, each in enumerate(person.plans)),
        *(_appointment(each, today) for each in person.appointments),
        *(_trip(each) for each in person.trips),
    ]
    return tuple(sorted(found, key=lambda row: row.on_day, reverse=True))


def summary(person: MedicalPerson, today: date) -> str:
    """The newest evidence with its age, and how appointments went; never a score."""
    return "\n".join((_evidence(person), *_adherence(person, today)))


def warnings(person: MedicalPerson) -> str:
    """What somebody is asked to do before anything else."""
    said = [ON_HOLD] if person.is_held else []
    return "\n".join([*said, *([GO_AND_SEE] if person.asks_to_go else [])])


def told(row: MedicalRow) -> str:
    """Everything about one matter."""
    match row.subject:
        case Enquiry():
            return _lines(_told_enquiry(row.subject))
        case Opinion():
            return _lines(_told_opinion(row.subject))
        case ExaminationOrder():
            return _lines(_told_order(row.subject))
        case HospitalPlan():
            return _lines(_told_plan(row.subject))
        case Appointment():
            return _lines(_told_appointment(row.subject))
        case Trip():
            return _lines(_told_trip(row.subject))


def kept_text(kept: Kept) -> str:
    """How appointments of some months went, in one line."""
    share = "" if kept.share is None else f"（受診の割合 {kept.share}％）"
    others = f"　変更{kept.moved}回・不明{kept.unknown}回（割合に入れません）"
    return f"受診{kept.attended}回・欠席{kept.missed}回{share}{others}"


def _evidence(person: MedicalPerson) -> str:
    newest = person.newest
    if newest is None:
        return "医師の意見の記録はまだありません。"
    given = newest.given
    old = "　※事務所が決めた月数より古い意見です。" if newest.is_old else ""
    who = "　".join(
        filter(None, (OPINION_SOURCE[given.source], given.institution, _doctor(given.doctor)))
    )
    return f"いちばん新しい医学的な意見：{format_date(given.given_on)}　{who}{old}"


def _adherence(person: MedicalPerson, today: date) -> Iterator[str]:
    if not person.appointments:
        return
    recent, before = person.kept(today)
    yield f"最近3か月の通院：{kept_text(recent)}"
    yield f"その前の3か月：{kept_text(before)}"
    yield NO_SCORE


def _enquiry(enquiry: Enquiry, today: date) -> MedicalRow:
    given = enquiry.given
    if enquiry.answered_on is not None:
        state = f"回答あり（{_short(enquiry.answered_on)}）"
    elif enquiry.is_withdrawn:
        state = "取りやめ"
    else:
        late = "期限超過" if given.reply_by < today else "回答待ち"
        state = f"{late}（期限 {_short(given.reply_by)}）"
    return MedicalRow(
        key=given.enquiry_id,
        kind=MatterKind.ENQUIRY,
        on_day=given.asked_on,
        what=" ".join(filter(None, (given.institution, _doctor(given.doctor)))),
        state=state,
        subject=enquiry,
        waits=enquiry.is_open,
    )


def _opinion(opinion: Opinion) -> MedicalRow:
    given = opinion.given
    again = given.rejudge_on
    return MedicalRow(
        key=given.opinion_id,
        kind=MatterKind.OPINION,
        on_day=given.given_on,
        what=f"{OPINION_SOURCE[given.source]}　{given.institution}",
        state=f"再判断 {_short(again)}" if again else "",
        subject=opinion,
    )


def _order(order: ExaminationOrder, today: date) -> MedicalRow:
    given = order.given
    return MedicalRow(
        key=given.order_id,
        kind=MatterKind.ORDER,
        on_day=japan_day(order.made_at),
        what=f"{DOUBT[given.doubt]}　{given.institution}",
        state=order_state(order, today),
        subject=order,
        waits=order.is_open,
    )


def order_state(order: ExaminationOrder, today: date) -> str:
    """Where an order stands."""
    if order.result_on is not None:
        return f"検診の結果あり（{_short(order.result_on)}）"
    if not order.steps:
        return "承認待ち"
    last = order.steps[-1].step
    if last is OrderStep.APPROVED:
        return "承認済み・交付待ち"
    if last is OrderStep.DELIVERED:
        late = "期限超過" if order.given.due_on < today else "受診待ち"
        return f"{late}（期限 {_short(order.given.due_on)}）"
    return ORDER_STEP[last]


def _plan(plan: HospitalPlan, *, is_first: bool) -> MedicalRow:
    given = plan.given
    days = f"{_short(given.begins_on)}〜{_short(given.ends_on)}"
    return MedicalRow(
        key=given.plan_id,
        kind=MatterKind.PLAN,
        on_day=japan_day(plan.made_at),
        what=given.purpose,
        state=days if is_first else "前の計画",
        subject=plan,
    )


def _appointment(appointment: Appointment, today: date) -> MedicalRow:
    status = appointment.status
    waits = status is None and appointment.on_day <= today
    state = (
        ("結果を記録してください" if waits else "予約") if status is None else VISIT_STATUS[status]
    )
    return MedicalRow(
        key=appointment.appointment_id,
        kind=MatterKind.APPOINTMENT,
        on_day=appointment.on_day,
        what=" ".join(filter(None, (appointment.at, appointment.institution))),
        state=state,
        subject=appointment,
        waits=waits,
    )


def _trip(trip: Trip) -> MedicalRow:
    given = trip.given
    return MedicalRow(
        key=given.trip_id,
        kind=MatterKind.TRIP,
        on_day=given.on_day,
        what=f"{given.from_place}〜{given.to_place}（{given.means}）",
        state=yen(given.fare),
        subject=trip,
    )


def _told_enquiry(enquiry: Enquiry) -> Iterator[str]:
    given = enquiry.given
    yield f"病状照会　{given.institution}　{_doctor(given.doctor)}　記録 {enquiry.asked_by}"
    yield f"照会日 {format_date(given.asked_on)}　回答の期限 {format_date(given.reply_by)}"
    yield f"督促 {enquiry.reminders}回" if enquiry.reminders else ""
    yield f"本人の同意：{given.consent}"
    yield from (f"・{question}" for question in given.questions)


def _told_opinion(opinion: Opinion) -> Iterator[str]:
    given = opinion.given
    who = f"{OPINION_SOURCE[given.source]}　{given.institution}　{_doctor(given.doctor)}"
    yield f"{format_date(given.given_on)}の意見　{who}　記録 {opinion.noted_by}"
    yield f"読んだ書類：{given.papers}" if given.papers else ""
    yield answers_said(given.answers)
    yield f"医師の言葉：{given.words}" if given.words else ""
    yield f"再判断の日：{format_date(given.rejudge_on)}" if given.rejudge_on else ""
    yield (
        f"担当員の読み取り（医師の言葉ではありません）：{given.interpretation}"
        if given.interpretation
        else ""
    )


def _told_order(order: ExaminationOrder) -> Iterator[str]:
    given = order.given
    yield f"検診命令　{DOUBT[given.doubt]}　受診の期限 {format_date(given.due_on)}　起案 {order.author}"
    yield f"理由：{given.reason}"
    yield f"ほかの方法では確かめられない理由：{given.elsewhere}"
    place = "　".join(filter(None, (given.institution, given.address, given.department)))
    yield f"検診を受けるところ：{place}"
    yield f"検査など：{given.items}" if given.items else ""
    for step in order.steps:
        day = format_date(step.done_on)
        yield f"・{day} {ORDER_STEP[step.step]}　{step.done_by}　{step.words}"
        if step.step is OrderStep.NOT_OBEYED:
            yield f"会議へ：{TO_THE_MEETING}"


def _told_plan(plan: HospitalPlan) -> Iterator[str]:
    given = plan.given
    yield f"通院計画　{format_date(given.begins_on)}から{format_date(given.ends_on)}まで　作成 {plan.author}"
    yield f"目的（回復の目標）：{given.purpose}"
    yield f"いまの状態：{given.condition}" if given.condition else ""
    agreed = given.consented_on
    yield (
        f"本人の同意：{format_date(agreed)}　{given.consent}"
        if agreed
        else "本人の同意：まだありません"
    )
    yield f"再判断の日：{format_date(given.rejudge_on)}" if given.rejudge_on else ""
    yield from (_told_row(row) for row in given.rows)


def _told_row(row: PlanRow) -> str:
    parts = (
        f"・{row.institution}　{row.department}　{_doctor(row.doctor)}　月{row.visits_a_month}回",
        f"同行：{row.companion}" if row.companion else "",
        f"交通：{row.transport}（移送費の承認{'済み' if row.cost_approved else 'なし'}）"
        if row.transport
        else "",
        f"検査・服薬・リハビリ：{row.care}" if row.care else "",
        f"医師に聞くこと：{row.ask}" if row.ask else "",
        f"本人が伝えてほしいこと：{row.convey}" if row.convey else "",
    )
    return "　".join(filter(None, parts))


def _told_appointment(appointment: Appointment) -> Iterator[str]:
    yield f"通院の予約　{format_date(appointment.on_day)} {appointment.at}　{appointment.institution}"
    if appointment.status is not None:
        by = appointment.confirmed_by
        how = f"（確認：{CONFIRMED_BY[by]}）" if by else ""
        yield f"{VISIT_STATUS[appointment.status]}{how}　記録 {appointment.noted_by}"
    yield appointment.note


def _told_trip(trip: Trip) -> Iterator[str]:
    given = trip.given
    yield f"{TRIP_PURPOSE[given.purpose]}　{given.from_place}から{given.to_place}まで　{given.means}　{yen(given.fare)}"
    yield f"証拠：{given.evidence}" if given.evidence else "証拠：まだありません"
    yield f"記録 {trip.noted_by}"


def _doctor(name: str) -> str:
    return f"{name} 医師" if name else ""


def _short(day: date) -> str:
    return format_date(day, DateStyle.SHORT)


def _lines(parts: Iterator[str]) -> str:
    return "\n".join(part for part in parts if part.strip())
