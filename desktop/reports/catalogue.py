"""The forms this program prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desktop.reports.audit import daily
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from desktop.reports.disposal import disposal_list
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind
from desktop.reports.households.household_sheet import HOUSEHOLD_SHEET
from desktop.reports.inquiries.register import INQUIRY_REGISTER
from desktop.reports.inquiries.request_letter import REQUEST_LETTER
from desktop.reports.papers import slip
from desktop.reports.records.case_record import case_record_pdf
from desktop.reports.records.sheet_frame import FORM_CODE, FORM_EDITION, FORM_TITLE
from desktop.reports.rendered import RenderedPdf
from desktop.reports.support_policies import explanation_sheet, other_programmes, policy_sheet
from desktop.reports.visits.absence_note import ABSENCE_NOTE

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueForm(Generic[Form]):
    """One official form (帳票): its code, its title, the edition printed in its footer, and what prints it."""

    code: str
    title: str
    edition: str
    render: Callable[[Form, FontSet], RenderedPdf]


def _of(kind: FormKind[Any]) -> CatalogueForm[Any]:
    return CatalogueForm(code=kind.code, title=kind.title, edition=kind.edition, render=kind.pdf)


CATALOGUE: tuple[CatalogueForm[Any], ...] = (
    CatalogueForm(code=FORM_CODE, title=FORM_TITLE, edition=FORM_EDITION, render=case_record_pdf),
    CatalogueForm(
        code=daily.FORM_CODE,
        title=daily.FORM_TITLE,
        edition=daily.FORM_EDITION,
        render=daily.daily_audit_pdf,
    ),
    CatalogueForm(
        code=disposal_list.FORM_CODE,
        title=disposal_list.FORM_TITLE,
        edition=disposal_list.FORM_EDITION,
        render=disposal_list.disposal_list_pdf,
    ),
    CatalogueForm(
        code=policy_sheet.FORM_CODE,
        title=policy_sheet.FORM_TITLE,
        edition=policy_sheet.FORM_EDITION,
        render=policy_sheet.policy_sheet_pdf,
    ),
    CatalogueForm(
        code=explanation_sheet.FORM_CODE,
        title=explanation_sheet.FORM_TITLE,
        edition=explanation_sheet.FORM_EDITION,
        render=explanation_sheet.explanation_sheet_pdf,
    ),
    CatalogueForm(
        code=other_programmes.FORM_CODE,
        title=other_programmes.FORM_TITLE,
        edition=other_programmes.FORM_EDITION,
        render=other_programmes.other_programmes_pdf,
    ),
    _of(FOLLOW_UP_TABLE),
    _of(REMINDER_LETTER),
    _of(REQUEST_LETTER),
    _of(INQUIRY_REGISTER),
    _of(HOUSEHOLD_SHEET),
    _of(ABSENCE_NOTE),
    CatalogueForm(
        code=slip.FORM_CODE,
        title=slip.FORM_TITLE,
        edition=slip.FORM_EDITION,
        render=slip.slip_pdf,
    ),
)
