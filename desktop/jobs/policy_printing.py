"""The ways to paper of a support policy and of papers about it: the sheet, the explanation, the list of other laws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from desktop.domain.forms import ExplanationSheet, FormMark, OtherProgrammesForm, PolicyForm
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.domain.support_policies import SupportPolicy
from desktop.jobs.press import Press
from desktop.reports.fonts import FontSet
from desktop.reports.support_policies.explanation_sheet import EXPLANATION_SHEET
from desktop.reports.support_policies.other_programmes import OTHER_PROGRAMMES
from desktop.reports.support_policies.policy_sheet import POLICY_SHEET
from desktop.services.printing import IssuedForms, OtherProgrammesPrinting, PolicyPrinting

Form = TypeVar("Form", PolicyForm, ExplanationSheet)


def policy_press(
    service: PolicyPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[PolicyForm]:
    """The sheet of a policy (K-05)."""

    def read(policy_ids: Sequence[UUID], mark: FormMark) -> list[Piece[PolicyForm]]:
        forms = (service.prepare(policy_id, mark) for policy_id in policy_ids)
        return [_of_policy(form, form.policy) for form in forms]

    return Press(form=POLICY_SHEET, read=read, issued=issued, fonts=fonts, log=service)


def explanation_press(
    service: PolicyPrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
    *,
    with_readings: bool,
) -> Press[ExplanationSheet]:
    """The sheet for the person (K-06) of a policy, on request with readings above the words."""

    def read(policy_ids: Sequence[UUID], _: FormMark) -> list[Piece[ExplanationSheet]]:
        forms = (
            service.explanation_sheet(policy_id, with_readings=with_readings)
            for policy_id in policy_ids
        )
        return [_of_policy(form, form.policy) for form in forms]

    return Press(form=EXPLANATION_SHEET, read=read, issued=issued, fonts=fonts)


def other_programmes_press(
    service: OtherProgrammesPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[OtherProgrammesForm]:
    """The list of other laws to check (K-24) of a household."""

    def read(household_ids: Sequence[UUID], _: FormMark) -> list[Piece[OtherProgrammesForm]]:
        return [
            Piece(data=service.prepare(key), household_id=key, subject_ids=(key,))
            for key in household_ids
        ]

    return Press(form=OTHER_PROGRAMMES, read=read, issued=issued, fonts=fonts)


def _of_policy(form: Form, policy: SupportPolicy) -> Piece[Form]:
    return Piece(
        data=form,
        household_id=policy.household_id,
        subject_ids=(policy.policy_id,),
        subjects=(Subject(subject_id=policy.policy_id, version=policy.approved_version),),
    )
