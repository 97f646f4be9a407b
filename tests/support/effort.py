"""What tests about effort and key figures share: a person in G2 with an act of support, a participation and a home visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.kpis import Period
from desktop.domain.participations import ParticipationInput
from desktop.domain.programme_reviews import (
    PromotionInput,
    PromotionItem,
    ReviewInput,
    Verdict,
)
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import ConsentWay
from desktop.models.households import Household
from desktop.models.office import Staff
from tests.support.assessments import assessment, by_conference, held
from tests.support.desk import SmallOffice
from tests.support.factories import TODAY, make_entry
from tests.support.support_acts import an_act

#: The fiscal year of the day of the tests.
YEAR = Period(first=date(2024, 4, 1), last=date(2025, 3, 31))
OCTOBER, SEPTEMBER = date(2024, 10, 1), date(2024, 9, 1)


def decided(office: SmallOffice, group: SupportGroup = SupportGroup.WITH_HELP, **changes: object):
    """The office's person gets a group by a conference; gives the assessment."""
    caseworker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    given = assessment(office, **changes)
    caseworker.assessments.save(given)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, group, matter.matter_id))
    return given


def helped(office: SmallOffice) -> None:
    """In G2, helped for an hour with papers for an application, in a programme that counts; visited in September."""
    decided(office)
    caseworker = office.desk(office.caseworker)
    caseworker.activities.add(an_act(office.household_id, office.person_id, kind="33", minutes=60))
    caseworker.participations.begin(a_participation(office))
    visited(office, date(2024, 9, 10))


def a_participation(office: SmallOffice, **changes: Any) -> ParticipationInput:
    """The person takes part, from today and with consent, in a programme that counts."""
    values: dict[str, Any] = {
        "participation_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "programme": "employment",
        "starts_on": TODAY,
        "consent_on": TODAY,
        "consent_way": ConsentWay.SIGNED,
        **changes,
    }
    return ParticipationInput(**values)


def visited(office: SmallOffice, on: date) -> None:
    """An approved record of a home visit."""
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        make_entry(session, household, author, event_on=on, state="approved")


def a_review(**changes: object) -> ReviewInput:
    """The employment programme goes on, with a reason."""
    values: dict[str, object] = {
        "review_id": new_id(),
        "programme": "employment",
        "fiscal_year": 2024,
        "verdict": Verdict.KEEP,
        "cost": 1_200_000,
        "reason": "参加した人の半数が仕事を始めたため、続ける。",
        "remarks": "",
    }
    return ReviewInput(**(values | changes))  # type: ignore[arg-type]


def a_line(**changes: object) -> PromotionInput:
    """Thirty starts of work are aimed at."""
    values: dict[str, object] = {
        "line_id": new_id(),
        "fiscal_year": 2024,
        "item": PromotionItem.JOB_STARTS,
        "target": 30,
        "result": None,
        "remarks": "前年の実績は25人",
    }
    return PromotionInput(**(values | changes))  # type: ignore[arg-type]
