"""Papers that somebody waits for: transfers, inquiries, copies for disclosure and papers that are out.

Facts only, no texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from desktop.domain.carry_outs import CARRY_OUT_APPROVE, CARRY_OUT_TODO, CarryOutState
from desktop.domain.clock import japan_day
from desktop.domain.disclosures import DISCLOSURE_TASK, DisclosureState
from desktop.domain.inquiries import INQUIRY_TASK, InquiryState, inquiry_label
from desktop.domain.papers import number_label
from desktop.domain.roles import Permission
from desktop.domain.todos import TodoOrigin
from desktop.domain.transfers import TRANSFER_TODO, WAITS_FOR_CASEWORKER, TransferState
from desktop.models.disclosures import Disclosure
from desktop.models.households import Household
from desktop.models.inquiries import Inquiry
from desktop.models.transfers import TransferRecord
from desktop.services.carry_outs.loading import open_lines
from desktop.services.masters import lookup
from desktop.services.todos.lines import Line
from desktop.services.todos.naming import HOUSEHOLD, Gathering
from desktop.services.transfers.loading import step_since, terms


class PapersWaiting(Gathering):
    """Collects the lines about papers."""

    def lines(self) -> Iterator[Line]:
        """All of them, in no order."""
        yield from self._transfers()
        yield from self._inquiries()
        yield from self._disclosures()
        yield from self._carry_outs()

    def _transfers(self) -> Iterator[Line]:
        """Transfers that somebody waits for: the caseworker's until they are acknowledged, the supervisor's to decide."""
        me, t = self.staff, TransferRecord
        own = Household.district_id.in_(me.district_ids) & t.state.in_(WAITS_FOR_CASEWORKER)
        decides = (
            Household.district_id.in_(me.supervised_district_ids)
            & (t.state == TransferState.DRAFTED)
            & (t.saved_by != me.staff_id)
        )
        found = (
            select(t, *HOUSEHOLD)
            .join(Household, Household.id == t.household_id)
            .where(t.office_id == me.office_id, own | decides)
        )
        limits = terms(self.session, me.office_id, self.today)
        for transfer, *household in self.named(found):
            yield Line(
                origin=TodoOrigin.TRANSFER,
                household_id=transfer.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=limits.due_on(transfer.state, step_since(transfer)),
                text=TRANSFER_TODO[transfer.state],
                subject_id=transfer.id,
            )

    def _inquiries(self) -> Iterator[Line]:
        """Inquiries that wait for the person: a word in supervised districts, the next step in the own ones."""
        staff, today = self.staff, self.today
        agencies = lookup.inquiry_agencies(self.session, staff.office_id, today)
        own = Household.district_id.in_(staff.district_ids)
        judged = Household.district_id.in_(staff.supervised_district_ids)
        found = (
            select(Inquiry, *HOUSEHOLD)
            .join(Household, Household.id == Inquiry.household_id)
            .where(
                Inquiry.office_id == staff.office_id,
                or_(
                    own & Inquiry.state.in_(set(INQUIRY_TASK) - {InquiryState.DRAFTED}),
                    judged
                    & (Inquiry.state == InquiryState.DRAFTED)
                    & (Inquiry.asked_by != staff.staff_id),
                ),
                or_(Inquiry.state != InquiryState.SENT, Inquiry.due_on < today),
            )
        )
        for inquiry, *household in self.named(found):
            agency = agencies.get(inquiry.agency)
            label = inquiry_label(inquiry.fiscal_year, inquiry.number)
            yield Line(
                origin=TodoOrigin.INQUIRY,
                household_id=inquiry.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=inquiry.due_on if inquiry.state is InquiryState.SENT else None,
                text=f"{INQUIRY_TASK[inquiry.state]}：{agency.name if agency else inquiry.agency}（{label}）",
                subject_id=inquiry.id,
            )

    def _disclosures(self) -> Iterator[Line]:
        """Copies for disclosure: those under preparation for who prepares them, the second look in supervised districts."""
        staff, d = self.staff, Disclosure
        prepared = d.state.in_((DisclosureState.PREPARING, DisclosureState.REVIEWED))
        looked_at = (
            (d.state == DisclosureState.HANDED_OVER)
            & Household.district_id.in_(staff.supervised_district_ids)
            & (d.prepared_by != staff.staff_id)
        )
        prepares = staff.may(Permission.PREPARE_DISCLOSURES)
        found = (
            select(d, *HOUSEHOLD)
            .join(Household, Household.id == d.household_id)
            .where(
                d.office_id == staff.office_id,
                or_(prepared, looked_at) if prepares else looked_at,
            )
        )
        for request, *household in self.named(found):
            label = number_label(request.fiscal_year, request.number)
            yield Line(
                origin=TodoOrigin.DISCLOSURE,
                household_id=request.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=request.due_on,
                text=f"{DISCLOSURE_TASK[request.state]}（{label}）",
                subject_id=request.id,
            )

    def _carry_outs(self) -> Iterator[Line]:
        """Papers that are out, for their carrier; words that others wait for, and what came back for a second look."""
        for trip in open_lines(self.session, self.staff, self.now):
            said = CARRY_OUT_TODO.get(trip.state) if trip.is_own else None
            if trip.state is CarryOutState.MADE and trip.may_approve:
                said = CARRY_OUT_APPROVE
            if said is not None:
                yield Line(
                    origin=TodoOrigin.CARRY_OUT,
                    household_id=None,
                    case_number="",
                    head_name="",
                    due_on=japan_day(trip.left_at or trip.leaving_at),
                    text=f"{said}（{trip.label}、{trip.sheets:,}枚）",
                    subject_id=trip.carry_out_id,
                    is_late=trip.is_late,
                )
