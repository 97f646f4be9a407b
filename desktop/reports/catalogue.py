"""The forms this program prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desktop.reports.audit.daily import DAILY_AUDIT
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from desktop.reports.disposal.disposal_list import DISPOSAL_LIST
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind
from desktop.reports.households.household_sheet import HOUSEHOLD_SHEET
from desktop.reports.papers.slip import PAPER_SLIP
from desktop.reports.records.case_record import case_record_pdf
from desktop.reports.records.sheet_frame import FORM_CODE, FORM_EDITION, FORM_TITLE
from desktop.reports.rendered import RenderedPdf
from desktop.reports.support_policies.explanation_sheet import EXPLANATION_SHEET
from desktop.reports.support_policies.other_programmes import OTHER_PROGRAMMES
from desktop.reports.support_policies.policy_sheet import POLICY_SHEET
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
    _of(DAILY_AUDIT),
    _of(DISPOSAL_LIST),
    _of(POLICY_SHEET),
    _of(EXPLANATION_SHEET),
    _of(OTHER_PROGRAMMES),
    _of(FOLLOW_UP_TABLE),
    _of(REMINDER_LETTER),
    _of(HOUSEHOLD_SHEET),
    _of(ABSENCE_NOTE),
    _of(PAPER_SLIP),
)
