"""An office with a caseworker and a supervisor, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.support.desk import Desk, SmallOffice, small_office


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)
