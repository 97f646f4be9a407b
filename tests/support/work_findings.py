"""Legal findings for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.work_findings import Element, ElementFinding, ElementState, FindingInput
from tests.support.desk import SmallOffice
from tests.support.factories import TODAY, days_ago


def a_finding(office: SmallOffice, **changes: Any) -> FindingInput:
    """The three elements, whole."""
    made = FindingInput(
        finding_id=new_id(),
        household_id=office.household_id,
        person_id=office.person_id,
        found_on=TODAY,
        elements=tuple(
            ElementFinding(
                element=element,
                state=ElementState.THERE,
                facts="週20時間までの軽作業ができ、9月に2回応募した。",
                evidence="主治医の意見書、求職活動状況報告書",
                as_of=days_ago(10),
            )
            for element in Element
        ),
    )
    return replace(made, **changes)
