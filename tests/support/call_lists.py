"""Approved months with announced visits, telephones and a gateway, for tests of what is told before a visit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanKind, PlanMove, PlannedVisit
from desktop.domain.visit_telephones import Telephones
from desktop.domain.working_time import Half
from desktop.models.households import SafetyMark
from desktop.models.masters import MasterValue
from desktop.services.printing import CallListPrinting, ShortMessages
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK, LONG_AGO, TODAY, add
from tests.support.visit_plans import a_change, a_visit, do
from tests.support.visits import a_preference

OCTOBER = date(2024, 10, 1)
#: The numbers of a household that agreed.
AGREED = Telephones(
    call_number="03-0000-0001", message_number="090-0000-0002", agreed_on=date(2024, 9, 1)
)


def announced(household_id: UUID, day: int, half: Half = Half.PM, **given: Any) -> PlannedVisit:
    """An announced visit in October."""
    values: dict[str, Any] = {"day": date(2024, 10, day), "half": half, "is_announced": True}
    return a_visit(household_id, OCTOBER, **(values | given))


def approved_month(
    office: SmallOffice, caseworker: Desk, supervisor: Desk, *visits: PlannedVisit
) -> PlanHead:
    """October of the district, approved."""
    change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
    head = do(caseworker, caseworker.visit_plans.save(change), PlanMove.SUBMIT)
    return do(supervisor, head, PlanMove.APPROVE)


def gives_numbers(desk: Desk, household_id: UUID, telephones: Telephones = AGREED) -> None:
    """The household says under which numbers it wants to hear of visits."""
    version = desk.preferences.of_household(household_id).preference.version
    desk.preferences.set(a_preference(household_id, version=version, telephones=telephones))


def marked(office: SmallOffice, household_id: UUID, kind: str) -> None:
    """A safety mark since long ago."""
    with office.work() as session:
        add(
            session,
            SafetyMark(
                office_id=office.caseworker.office_id,
                household_id=household_id,
                kind=kind,
                valid_from=LONG_AGO,
            ),
        )


def has_gateway(office: SmallOffice, *columns: tuple[str, str, str], **changes: object) -> None:
    """The office has a gateway from today; columns are header, what stands in them, fixed words."""
    gateway: dict[str, object] = {
        "is_on": True,
        "encoding": "cp932",
        "has_header": True,
        "text": "{月日}（{曜}）{半日}に伺います。{問い合わせ先}",
        **changes,
    }
    rows: list[tuple[Master, str, dict[str, object]]] = [(Master.SMS_GATEWAY, "gateway", gateway)]
    for n, (header, holds, fixed) in enumerate(columns, 1):
        column: dict[str, object] = {"header": header, "holds": holds, "fixed": fixed}
        rows.append((Master.SMS_COLUMNS, f"{n:02}", column))
    with office.work() as session:
        session.add_all(
            MasterValue(
                id=new_id(),
                office_id=office.caseworker.office_id,
                table_name=str(table),
                key=key,
                valid_from=TODAY,
                value=value,
                source="見本",
                confirmed=True,
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            )
            for table, key, value in rows
        )


def call_lists(desk: Desk) -> CallListPrinting:
    """Call lists of one person."""
    return CallListPrinting(desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff))


def short_messages(desk: Desk) -> ShortMessages:
    """Files of short messages of one person."""
    return ShortMessages(desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff))
