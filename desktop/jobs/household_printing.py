"""The ways to paper of forms about a whole household: 保護台帳 (K-02), 引継票 (K-25), 不在連絡票 (K-10), 担当者変更 (L-02), 来所 (L-03), 訪問 (L-04)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.handover_sheets import HandoverSheet, Recipient
from desktop.domain.household_forms import (
    AbsenceNote,
    CallLetter,
    CaseworkerLetter,
    HouseholdSheet,
    VisitNotice,
)
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.reports.fonts import FontSet
from desktop.reports.handover_sheets.handover_sheet import HANDOVER_SHEET
from desktop.reports.households.caseworker_letter import CASEWORKER_LETTER
from desktop.reports.households.household_sheet import HOUSEHOLD_SHEET
from desktop.reports.visits.absence_note import ABSENCE_NOTE
from desktop.reports.visits.call_letter import CALL_LETTER
from desktop.reports.visits.visit_notice import VISIT_NOTICE
from desktop.services.printing import HouseholdPrinting, IssuedForms


def household_sheet_press(
    service: HouseholdPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[HouseholdSheet]:
    """The 保護台帳."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[HouseholdSheet]]:
        return [
            Piece(data=service.household_sheet(key), household_id=key, subject_ids=(key,))
            for key in household_ids
        ]

    return Press(form=HOUSEHOLD_SHEET, read=read, issued=issued, fonts=fonts)


def handover_sheet_press(
    service: HouseholdPrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
    readers: Callable[[UUID], Recipient] = lambda _: Recipient(),
) -> Press[HandoverSheet]:
    """The 引継票 of one household or of many; `readers` says for whom each is."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[HandoverSheet]]:
        return [
            Piece(
                data=service.handover_sheet(key, readers(key)), household_id=key, subject_ids=(key,)
            )
            for key in household_ids
        ]

    return Press(form=HANDOVER_SHEET, read=read, issued=issued, fonts=fonts)


def absence_note_press(
    service: HouseholdPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[AbsenceNote]:
    """The note for an absent household."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[AbsenceNote]]:
        notes = ((key, service.absence_note(key)) for key in household_ids)
        return [
            Piece(data=note, household_id=key, subject_ids=(key,), recipient=note.name)
            for key, note in notes
        ]

    return Press(form=ABSENCE_NOTE, read=read, issued=issued, fonts=fonts)


def caseworker_letter_press(
    service: HouseholdPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[CaseworkerLetter]:
    """The letter about a new caseworker."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[CaseworkerLetter]]:
        letters = ((key, service.caseworker_letter(key)) for key in household_ids)
        return [
            Piece(data=letter, household_id=key, subject_ids=(key,), recipient=letter.name)
            for key, letter in letters
        ]

    return Press(form=CASEWORKER_LETTER, read=read, issued=issued, fonts=fonts)


def call_letter_press(
    service: HouseholdPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[CallLetter]:
    """The letter of call."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[CallLetter]]:
        letters = ((key, service.call_letter(key)) for key in household_ids)
        return [
            Piece(data=letter, household_id=key, subject_ids=(key,), recipient=letter.name)
            for key, letter in letters
        ]

    return Press(form=CALL_LETTER, read=read, issued=issued, fonts=fonts)


def visit_notice_press(
    service: HouseholdPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[VisitNotice]:
    """The letter about a visit that was promised."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[VisitNotice]]:
        letters = ((key, service.visit_notice(key)) for key in household_ids)
        return [
            Piece(data=letter, household_id=key, subject_ids=(key,), recipient=letter.name)
            for key, letter in letters
        ]

    return Press(form=VISIT_NOTICE, read=read, issued=issued, fonts=fonts)
