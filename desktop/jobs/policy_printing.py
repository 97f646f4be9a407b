"""Print runs of a support policy and of papers about it: the sheet, the explanation, the list of other laws."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.forms import ExplanationSheet, OtherProgrammesForm, PolicyForm
from desktop.jobs.printing import NotedSheetJob
from desktop.reports.fonts import FontSet
from desktop.reports.support_policies.explanation_sheet import EXPLANATION_SHEET
from desktop.reports.support_policies.other_programmes import OTHER_PROGRAMMES
from desktop.reports.support_policies.policy_sheet import POLICY_SHEET
from desktop.services.printing import OtherProgrammesPrinting, PolicyPrinting


def policy_job(service: PolicyPrinting, fonts: Callable[[], FontSet]) -> NotedSheetJob[PolicyForm]:
    """The sheet of a policy (K-05)."""
    return NotedSheetJob(
        title=POLICY_SHEET.title,
        read=service.prepare,
        render=POLICY_SHEET.pdf,
        fonts=fonts,
        log=service,
    )


def explanation_job(
    service: PolicyPrinting, fonts: Callable[[], FontSet], *, with_readings: bool
) -> NotedSheetJob[ExplanationSheet]:
    """The sheet for the person (K-06) of a policy, on request with readings above the words."""
    return NotedSheetJob(
        title=EXPLANATION_SHEET.title,
        read=lambda policy_id, _: service.explanation_sheet(policy_id, with_readings=with_readings),
        render=EXPLANATION_SHEET.pdf,
        fonts=fonts,
        log=service,
    )


def other_programmes_job(
    service: OtherProgrammesPrinting, fonts: Callable[[], FontSet]
) -> NotedSheetJob[OtherProgrammesForm]:
    """The list of other laws to check (K-24) of a household."""
    return NotedSheetJob(
        title=OTHER_PROGRAMMES.title,
        read=lambda household_id, _: service.prepare(household_id),
        render=OTHER_PROGRAMMES.pdf,
        fonts=fonts,
        log=service,
    )
