"""Fonts for the tests of the paper: the shipped ones only, whatever this machine has installed."""

from __future__ import annotations

import pytest

from desktop.reports.fonts import FontSet
from desktop.resources import resource_path


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())
