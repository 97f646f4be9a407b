"""An office of one household of grade B, its caseworker and supervisor."""

from __future__ import annotations

import pytest

from tests.support.desk import small_office
from tests.support.visit_plans import graded


@pytest.fixture
def office(engine):
    made = small_office(engine)
    graded(made, "B")
    return made


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)
