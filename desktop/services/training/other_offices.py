"""Welfare offices that do not exist, in places that do not exist, and the area of the training office itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.transfers import OWN_OFFICE
from desktop.models.masters import MasterValue

#: Code, name, postal code, beginning of its addresses, telephone.
OTHER_OFFICES = (
    ("mihon", "見本市福祉事務所", "000-0001", "架空県見本市", "000-000-0001"),
    ("rei", "例町福祉事務所", "000-0002", "架空県例町", "000-000-0002"),
    ("kasetsu", "仮設市東福祉事務所", "000-0003", "架空県仮設市東区", "000-000-0003"),
)
_SOURCE = "研修用の架空の福祉事務所"


def add_other_offices(
    session: Session, office_id: UUID, at: datetime, city: str, new_id: Callable[[], str]
) -> None:
    """Write them as office data; `city` is how the training office's own addresses begin."""
    own = (OWN_OFFICE, "研修市福祉事務所", "", city, "")
    for code, name, postal_code, area, phone in (*OTHER_OFFICES, own):
        session.add(
            MasterValue(
                id=UUID(new_id()),
                office_id=office_id,
                table_name=Master.WELFARE_OFFICES.value,
                key=code,
                valid_from=date(2000, 4, 1),
                value={
                    "label": name,
                    "postal_code": postal_code,
                    "address": f"{area}本町9000番地" if code != OWN_OFFICE else "",
                    "phone": phone,
                    "areas": area,
                },
                source=_SOURCE,
                confirmed=False,
                is_seed=True,
                entered_at=at,
                approved_at=at,
            )
        )
    session.flush()
