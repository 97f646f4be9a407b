"""Numbers of the training office's intake book and of its register of inquiries: given once all papers are there, in the order in which they came."""

from __future__ import annotations

from sqlalchemy import Connection, text

_NUMBERS = """
UPDATE paper SET number = n.place FROM (
  SELECT id, row_number() OVER (PARTITION BY office_id, fiscal_year ORDER BY received_at, id) AS place FROM paper
) AS n WHERE n.id = paper.id
"""
_BOOK = """
INSERT INTO paper_book (office_id, fiscal_year, last_number)
SELECT office_id, fiscal_year, max(number) FROM paper GROUP BY office_id, fiscal_year
"""
_INQUIRY_NUMBERS = """
UPDATE inquiry SET number = n.place FROM (
  SELECT id, row_number() OVER (PARTITION BY office_id, fiscal_year ORDER BY asked_at, id) AS place FROM inquiry
) AS n WHERE n.id = inquiry.id
"""
_INQUIRY_BOOK = """
INSERT INTO inquiry_book (office_id, fiscal_year, last_number)
SELECT office_id, fiscal_year, max(number) FROM inquiry GROUP BY office_id, fiscal_year
"""


def number_papers(connection: Connection) -> None:
    """Number the papers of each fiscal year without a gap. Until now their numbers are provisional and below zero."""
    connection.execute(text(_NUMBERS))
    connection.execute(text(_BOOK))


def number_inquiries(connection: Connection) -> None:
    """The same for inquiries."""
    connection.execute(text(_INQUIRY_NUMBERS))
    connection.execute(text(_INQUIRY_BOOK))
