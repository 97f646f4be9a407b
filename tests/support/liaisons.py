"""What tests about liaisons (関係先) share: an input, and a further version of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.liaisons import LiaisonInput, LiaisonKind
from tests.support.factories import days_ago


def a_liaison(household_id: UUID, /, **changes: Any) -> LiaisonInput:
    """A landlord with a number, for thirty days."""
    key = new_id()
    usual: dict[str, Any] = {
        "row_id": key,
        "liaison_id": key,
        "version": 0,
        "kind": LiaisonKind.LANDLORD,
        "name": "見本不動産",
        "telephone": "0721-00-0001",
        "valid_from": days_ago(30),
    }
    return LiaisonInput(household_id=household_id, **(usual | changes))


def further(given: LiaisonInput, /, **changes: Any) -> LiaisonInput:
    """The next version of one that was kept."""
    return replace(given, row_id=new_id(), version=given.version + 1, **changes)
