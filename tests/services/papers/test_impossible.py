"""Texts that no database holds end in a sentence, on both doors."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import UserError
from tests.support.desk import small_office
from tests.support.papers import a_paper

HALF = "\ud83d"
NUL = "a\0b"


@pytest.mark.parametrize("text", [HALF, NUL], ids=ascii)
def test_a_paper_from_somebody_with_an_impossible_name_is_refused(engine: Engine, text: str):
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    with pytest.raises(UserError):
        desk.papers.receive(a_paper(office.household_id, from_whom=text))
    with pytest.raises(UserError):
        desk.papers.receive(a_paper(office.household_id, note=text))
    assert desk.papers.receive(a_paper(office.household_id)).number == 1


@pytest.mark.parametrize("sheets", [0, -1, 10_000, 2**40], ids=repr)
def test_sheets_that_cannot_be_are_refused(engine: Engine, sheets: int):
    office = small_office(engine)
    with pytest.raises(UserError):
        office.desk(office.caseworker).papers.receive(a_paper(office.household_id, sheets=sheets))
