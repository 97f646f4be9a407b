"""How many rows a list on a scrolling page may show, so that the row at hand and what is said of it stand in view together."""

from __future__ import annotations

from desktop.views.table_view import TableView

_LEAST, _SHARE = 3, 0.55


def rows_that_fit(view: TableView, height: int, most: int) -> int:
    """Rows that take about half of a page this high; at large type fewer, never more than `most`."""
    row = max(view.verticalHeader().defaultSectionSize(), 1)
    return max(_LEAST, min(most, int(height * _SHARE) // row))
