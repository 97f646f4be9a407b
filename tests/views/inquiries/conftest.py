"""An office whose inquiries are on screen."""

from __future__ import annotations

import pytest

from tests.support.desk import small_office
from tests.support.inquiry_screens import InquiryScreens


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def screens(qtbot, look, office, tmp_path):
    return InquiryScreens(qtbot, look, office, tmp_path)
