"""The list of agencies with the last contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.agency_contacts import AgencyContact
from desktop.domain.era import DateStyle, format_date
from desktop.viewmodels.columns import RIGHT, Column


def agency_columns() -> Sequence[Column[AgencyContact]]:
    """The columns, the latest contact first."""
    return (
        Column(header="機関", text=lambda a: a.name),
        Column(header="相手", text=lambda a: a.person),
        Column(header="連絡先", text=lambda a: a.reached_by, tone=lambda _: "muted"),
        Column(
            header="最後の連絡",
            text=lambda a: format_date(a.last_on, DateStyle.SHORT) if a.last_on else "なし",
            sort=lambda a: a.last_on or date.min,
            tone=lambda a: None if a.last_on else "muted",
        ),
        Column(header="回数", text=lambda a: str(a.times) if a.times else "", align=RIGHT),
    )
