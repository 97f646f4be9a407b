"""Every table states who may read it, and text stands only where content may stand."""

from __future__ import annotations

import pytest
from sqlalchemy import Table

from desktop.database.security.check_rules import OFFICE_TEXT
from desktop.domain.right_kinds import Visibility
from desktop.models import Base
from desktop.models.base import visibility

TABLES = list(Base.metadata.tables.values())
#: Free text that somebody writes about people; the names of persons are facts, not content.
WRITTEN = {"text", "what", "reply", "source"}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_has_its_class(table: Table):
    assert visibility(table) in Visibility


@pytest.mark.parametrize(
    "table", [t for t in TABLES if visibility(t) is not Visibility.CONTENT], ids=lambda t: t.name
)
def test_written_text_stands_in_content_tables_only(table: Table):
    written = WRITTEN & set(table.columns.keys())
    assert not written or table.name in OFFICE_TEXT


@pytest.mark.parametrize(
    "table", [t for t in TABLES if visibility(t) is Visibility.CONTENT], ids=lambda t: t.name
)
def test_content_names_its_household_so_that_a_ticket_can_open_it(table: Table):
    assert "household_id" in table.columns


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_row_belongs_to_an_office(table: Table):
    belongs = {"office_id", "ticket_id"} & set(table.columns.keys())
    assert belongs or table.name in {"office", "database_info"}
