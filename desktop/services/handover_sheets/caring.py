"""What to mind in a household, and whom to reach: marks, half-days that do not suit, kin who are not asked, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.handover_sheets import CARE, CARE_CHARACTERS, HandoverLine, line_of
from desktop.domain.households import CaseFile, ResidenceKind, SafetyMarkKind
from desktop.domain.labels import RESIDENCE
from desktop.domain.liaisons import Liaison
from desktop.domain.procedures import ProcedureKind
from desktop.domain.visit_preferences import LIKING_LABEL, Liking, VisitPreference
from desktop.domain.working_time import HALF_LABEL, WEEKDAYS
from desktop.models.procedures import ProcedureRecord
from desktop.models.referrals import ReferralRecord
from desktop.services.handover_sheets.to_ring import bar_lines, ring_lines
from desktop.services.masters.lookup_activities import partners
from desktop.services.masters.lookup_procedures import procedure_choices
from desktop.services.visit_preferences.loading import preferences, telephones


def care_lines(
    session: Session, office_id: UUID, file: CaseFile, liaisons: Sequence[Liaison], today: date
) -> Iterator[HandoverLine]:
    """Do-nots: safety marks first, then whom nobody rings, kin who are not asked, and when nobody should come."""
    marks = file.identity.marks
    for mark in SafetyMarkKind:
        if mark in marks:
            yield line_of("注意", None, CARE[mark], today, most=CARE_CHARACTERS)
    yield from bar_lines(liaisons, today, is_shielded=SafetyMarkKind.SHIELDED in marks)
    yield from _kin(session, office_id, file, today)
    household_id = file.identity.household_id
    preference = preferences(session, [household_id]).get(household_id)
    if preference is not None:
        yield from _visits(preference, today, is_marked=SafetyMarkKind.VISIT_IN_PAIRS in marks)


def contact_lines(
    session: Session, office_id: UUID, file: CaseFile, liaisons: Sequence[Liaison], today: date
) -> Iterator[HandoverLine]:
    """Numbers that the household gave for visits, whom to ring, where its people stay, agencies that were asked."""
    marks, household_id = file.identity.marks, file.identity.household_id
    numbers = telephones(session, [household_id]).get(household_id)
    if numbers is not None and numbers.call_number and SafetyMarkKind.NO_PHONE not in marks:
        yield line_of("本人", None, f"電話 {numbers.call_number}（訪問の連絡用）", today)
    yield from ring_lines(liaisons, today, is_shielded=SafetyMarkKind.SHIELDED in marks)
    for member in file.members:
        if member.residence is not ResidenceKind.HOME and member.residence_place:
            words = f"{member.residence_place}（{member.name}）"
            yield line_of(RESIDENCE[member.residence], None, words, today)
        if member.work:
            yield line_of("就労先", None, f"{member.work}（{member.name}）", today)
    agencies = partners(session, office_id, today)
    asked = session.execute(
        select(ReferralRecord.partner, ReferralRecord.asked_on)
        .where(ReferralRecord.household_id == household_id)
        .order_by(ReferralRecord.asked_on.desc())
        .limit(2)
    )
    for code, asked_on in asked:
        partner = agencies.get(code)
        name = partner.label if partner else code
        yield line_of("機関", None, f"{name}（{asked_on.month}月に支援を依頼）", today)


def _kin(session: Session, office_id: UUID, file: CaseFile, today: date) -> Iterator[HandoverLine]:
    """Kin about whom the file says why they are not asked (扶養照会をしない事情). Who it is stands in the file."""
    p, later = ProcedureRecord, aliased(ProcedureRecord)
    rows = session.execute(
        select(p.choice, p.begun_on).where(
            p.household_id == file.identity.household_id,
            p.kind == ProcedureKind.KIN,
            p.choice != "",
            p.is_void.is_(False),
            ~select(later.id).where(later.replaces_id == p.id).exists(),
        )
    )
    choices = procedure_choices(session, office_id, today)
    for code, begun_on in rows:
        choice = choices.get(code)
        words = f"扶養照会をしない親族：{choice.label if choice else code}（{begun_on.year}年{begun_on.month}月）"
        yield line_of("親族", None, words, today)


def _visits(preference: VisitPreference, today: date, *, is_marked: bool) -> Iterator[HandoverLine]:
    if preference.needs_two and not is_marked:
        yield line_of("訪問", None, CARE[SafetyMarkKind.VISIT_IN_PAIRS], today)
    if preference.is_announced:
        yield line_of("訪問", None, "訪問は前もって知らせてから。", today)
    for liking in (Liking.IMPOSSIBLE, Liking.BAD):
        halves = [
            f"{WEEKDAYS[weekday]}{HALF_LABEL[half]}"
            for (weekday, half), said in sorted(preference.times.items())
            if said is liking
        ]
        if halves:
            yield line_of("訪問", None, f"{LIKING_LABEL[liking]}：{'、'.join(halves)}", today)
