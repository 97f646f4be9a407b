"""An office whose papers that leave are on screen."""

from __future__ import annotations

import pytest

from tests.support.carry_out_screens import CarryOutScreens
from tests.support.desk import small_office


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def screens(qtbot, look, office, tmp_path):
    return CarryOutScreens(qtbot, look, office, tmp_path)
