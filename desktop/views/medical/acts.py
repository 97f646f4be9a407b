"""What can be done with a person's matters: which acts are offered when, and what each begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.medical_files import MedicalFile, MedicalPerson
from desktop.domain.medical_opinions import Enquiry, EnquiryStep, EnquiryStepInput
from desktop.domain.medical_orders import ExaminationOrder, OrderStep
from desktop.domain.medical_plans import Appointment, HospitalPlan, Trip
from desktop.viewmodels.medical import MedicalRow
from desktop.views.medical import opinion_forms, order_forms, plan_forms
from desktop.views.medical.medical_form import FormSpec
from desktop.views.medical.ports import MedicalPorts


class MedicalAct(StrEnum):
    """The acts of the section; the value is the button's object name."""

    ASK = "ask_doctor"
    OPINION = "note_opinion"
    PLAN = "write_plan"
    APPOINT = "add_appointment"
    TRIP = "note_trip"
    ORDER = "write_order"
    ANSWER = "note_answer"
    REMIND = "remind_doctor"
    DROP = "withdraw_enquiry"
    VISIT = "note_visit"
    CORRECT = "correct_trip"
    APPROVE = "approve_order"
    REFUSE = "return_order"
    DELIVER = "deliver_order"
    RESULT = "note_result"
    NOT_OBEYED = "note_not_obeyed"
    WITHDRAW = "withdraw_order"
    PRINT = "print_matter"


#: Act, label with its key, key.
ACTS: tuple[tuple[MedicalAct, str, str], ...] = (
    (MedicalAct.ANSWER, "回答を記録（R）", "R"),
    (MedicalAct.VISIT, "結果を記録（V）", "V"),
    (MedicalAct.APPROVE, "承認する（G）", "G"),
    (MedicalAct.REFUSE, "承認しない（B）", "B"),
    (MedicalAct.DELIVER, "交付を記録（D）", "D"),
    (MedicalAct.RESULT, "検診の結果を記録（K）", "K"),
    (MedicalAct.NOT_OBEYED, "受診しなかったことを記録（F）", "F"),
    (MedicalAct.REMIND, "督促を記録（U）", "U"),
    (MedicalAct.CORRECT, "訂正する（C）", "C"),
    (MedicalAct.DROP, "照会を取りやめる（X）", "X"),
    (MedicalAct.WITHDRAW, "検診命令を取りやめる（Z）", "Z"),
    (MedicalAct.PRINT, "印刷（Ctrl+P）", "Ctrl+P"),
    (MedicalAct.ASK, "照会する（A）", "A"),
    (MedicalAct.OPINION, "意見を記録（O）", "O"),
    (MedicalAct.PLAN, "通院計画を書く（P）", "P"),
    (MedicalAct.APPOINT, "予約を足す（Y）", "Y"),
    (MedicalAct.TRIP, "移動・移送費を記録（T）", "T"),
    (MedicalAct.ORDER, "検診命令を書く（E）", "E"),
)
#: Acts that begin something new; the others go on with the matter at hand.
BEGINNING = frozenset(
    {
        *(MedicalAct.ASK, MedicalAct.OPINION, MedicalAct.PLAN),
        *(MedicalAct.APPOINT, MedicalAct.TRIP, MedicalAct.ORDER),
    }
)
_STEPS = {
    MedicalAct.APPROVE: OrderStep.APPROVED,
    MedicalAct.REFUSE: OrderStep.RETURNED,
    MedicalAct.DELIVER: OrderStep.DELIVERED,
    MedicalAct.NOT_OBEYED: OrderStep.NOT_OBEYED,
    MedicalAct.WITHDRAW: OrderStep.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """An act without a form: what is called off the UI thread, and what is said then."""

    call: Callable[[], None]
    said: str


def offered(
    found: MedicalFile, person: MedicalPerson, row: MedicalRow | None, today: date
) -> frozenset[MedicalAct]:
    """The acts that may be done now. While a question of safety is open none of an order is."""
    subject = None if row is None else row.subject
    acts = set[MedicalAct]()
    if found.may_note:
        acts |= {MedicalAct.ASK, MedicalAct.OPINION, MedicalAct.PLAN}
        acts |= {MedicalAct.APPOINT} if person.plan else set()
    if found.may_travel:
        acts.add(MedicalAct.TRIP)
    if found.may_order and not person.is_held:
        acts.add(MedicalAct.ORDER)
    return frozenset(acts | set(_of_subject(found, subject, today)))


def _of_subject(found: MedicalFile, subject: object, today: date) -> Iterator[MedicalAct]:
    match subject:
        case Enquiry():
            yield MedicalAct.PRINT
            if found.may_note and subject.is_open:
                yield from (MedicalAct.ANSWER, MedicalAct.REMIND, MedicalAct.DROP)
        case Appointment() if found.may_note:
            yield MedicalAct.VISIT
        case HospitalPlan():
            yield MedicalAct.PRINT
        case Trip():
            yield MedicalAct.PRINT
            if found.may_travel:
                yield MedicalAct.CORRECT
        case ExaminationOrder():
            yield MedicalAct.PRINT
            yield from _of_order(found, subject, today)


def _of_order(found: MedicalFile, order: ExaminationOrder, today: date) -> Iterator[MedicalAct]:
    following = order.next_steps(today)
    for act, step in _STEPS.items():
        is_judging = act in {MedicalAct.APPROVE, MedicalAct.REFUSE}
        may = found.may_decide and not order.is_own if is_judging else found.may_order
        if step in following and may:
            yield act
    if found.may_note and order.is_open and order.day_of(OrderStep.DELIVERED):
        yield MedicalAct.RESULT


class Acts:
    """Makes what an act begins."""

    def __init__(self, household_id: UUID, ports: MedicalPorts, today: Callable[[], date]) -> None:
        self._household_id, self._ports, self._today = household_id, ports, today

    def begin(
        self, act: MedicalAct, found: MedicalFile, person: MedicalPerson, row: MedicalRow | None
    ) -> FormSpec | AtOnce | None:
        """A form, something done at once, or nothing where the row is of another kind."""
        where, today, ports, plan = self._household_id, self._today, self._ports, person.plan
        fresh: dict[MedicalAct, Callable[[], FormSpec | None]] = {
            MedicalAct.ASK: lambda: opinion_forms.enquiry_form(
                where, person, found.questions, ports.opinions, today
            ),
            MedicalAct.OPINION: lambda: opinion_forms.opinion_form(
                where, person, ports.opinions, today
            ),
            MedicalAct.PLAN: lambda: plan_forms.plan_form(where, person, ports.plans, today),
            MedicalAct.TRIP: lambda: plan_forms.trip_form(where, person, ports.plans, today),
            MedicalAct.ORDER: lambda: order_forms.order_form(where, person, ports.orders, today),
            MedicalAct.APPOINT: lambda: (
                None
                if plan is None
                else plan_forms.appointment_form(where, plan, ports.plans, today)
            ),
        }
        if act in fresh:
            return fresh[act]()
        return None if row is None else self._of_row(act, person, row)

    def _of_row(
        self, act: MedicalAct, person: MedicalPerson, row: MedicalRow
    ) -> FormSpec | AtOnce | None:
        where, today, ports = self._household_id, self._today, self._ports
        match row.subject:
            case Enquiry() as enquiry:
                if act is not MedicalAct.ANSWER:
                    return self._enquiry_step(act, enquiry)
                return opinion_forms.answer_form(where, person, enquiry, ports.opinions, today)
            case Appointment() as appointment:
                return plan_forms.visit_form(where, appointment, ports.plans, today)
            case Trip() as trip:
                return plan_forms.trip_form(where, person, ports.plans, today, trip)
            case ExaminationOrder() as order:
                return self._of_order(act, person, order)
        return None

    def _of_order(
        self, act: MedicalAct, person: MedicalPerson, order: ExaminationOrder
    ) -> FormSpec | None:
        where, today, ports = self._household_id, self._today, self._ports
        if act is MedicalAct.RESULT:
            return opinion_forms.result_form(where, person, order, ports.opinions, today)
        step = _STEPS.get(act)
        if step is None:
            return None
        return order_forms.step_form(where, order, step, ports.orders, today)

    def _enquiry_step(self, act: MedicalAct, enquiry: Enquiry) -> AtOnce:
        is_reminder = act is MedicalAct.REMIND
        given = EnquiryStepInput(
            step_id=new_id(),
            enquiry_id=enquiry.given.enquiry_id,
            household_id=self._household_id,
            kind=EnquiryStep.REMINDED if is_reminder else EnquiryStep.WITHDRAWN,
            done_on=self._today(),
        )
        said = "督促を記録しました。" if is_reminder else "照会を取りやめました。"
        return AtOnce(call=lambda: self._ports.opinions.step_enquiry(given), said=said)
