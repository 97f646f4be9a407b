"""The sheet of ticks as it is shipped, in the style that a test asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.ticks import Ending, Joining, TickSheet
from desktop.services.masters.lookup_ticks import sheet_of


def shipped_sheet(ending: Ending = Ending.PLAIN, joining: Joining = Joining.LINES) -> TickSheet:
    """The shipped subjects, sources and endings."""
    sheet = _sheet()
    return replace(sheet, style=replace(sheet.style, ending=ending, joining=joining))


@cache
def _sheet() -> TickSheet:
    subjects, sources, endings, style = (
        {row.key: dict(row.value) for row in shipped_rows(table)}
        for table in (
            Master.TICK_SUBJECTS,
            Master.TICK_SOURCES,
            Master.TICK_ENDINGS,
            Master.TICK_STYLE,
        )
    )
    return sheet_of(subjects, sources, endings, style)
