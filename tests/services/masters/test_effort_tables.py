"""The tables of effort and key figures: keys that can be, and what the shipped rows say."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.effort import StandardKind
from desktop.domain.kpis import Kpi
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.support_groups import SupportGroup
from desktop.services.masters.lookup_effort import (
    eligible_groups,
    kpi_targets,
    standard_minutes,
)
from desktop.services.masters.validation_plans import plan_key_error
from tests.support.desk import small_office
from tests.support.factories import TODAY


def asked(table: Master, key: str) -> MasterInput:
    return MasterInput(table=table, key=key, valid_from=TODAY, value={}, source="", confirmed=False)


@pytest.mark.parametrize(
    ("table", "key", "is_right"),
    [
        (Master.KPI_TARGETS, "participation.2025", True),
        (Master.KPI_TARGETS, "participation", False),
        (Master.KPI_TARGETS, "nothing.2025", False),
        (Master.KPI_TARGETS, "participation.25", False),
        (Master.STANDARD_MINUTES, "travel", True),
        (Master.STANDARD_MINUTES, "lunch", False),
        (Master.KPI_GROUPS, "G2", True),
        (Master.KPI_GROUPS, "G9", False),
    ],
    ids=range(8),
)
def test_keys_that_can_be(table, key, is_right):
    assert (plan_key_error(asked(table, key)) == "") is is_right


def test_every_kind_has_a_standard_and_targets_are_not_confirmed():
    assert {row.key for row in shipped_rows(Master.STANDARD_MINUTES)} == set(StandardKind)
    targets = {row.key: row for row in shipped_rows(Master.KPI_TARGETS)}
    assert {key: row.value["percent"] for key, row in targets.items()} == {
        "participation.2025": 65,
        "job_or_raise.2025": 50,
        "other_households.2025": 45,
        "life.2025": 26,
    }
    assert not any(row.confirmed for row in targets.values())


def test_what_is_in_force(engine):
    office = small_office(engine)
    office_id = office.head.office_id
    with office.work() as session:
        assert standard_minutes(session, office_id, TODAY)[StandardKind.TRAVEL].minutes == 30
        assert SupportGroup.RECOVERY not in eligible_groups(session, office_id, TODAY)
        targets = kpi_targets(session, office_id, 2025, date(2025, 5, 1))
        assert targets[Kpi.PARTICIPATION].percent == 65
        assert kpi_targets(session, office_id, 2024, TODAY) == {}
