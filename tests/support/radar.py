"""Asking some rules of the radar: there are ninety, of a few queries each, and a test is about one or two."""

from __future__ import annotations

from collections.abc import Iterable
from unittest.mock import patch

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.supervision import Finding
from desktop.services.supervision import SupervisionService, service


def found_by(
    rules: Iterable[str], work: UnitOfWork, clock: Clock, staff: SignedInStaff
) -> list[Finding]:
    """What these rules find for somebody, as his radar says it; the others are not asked."""
    wanted = set(rules)
    asked = tuple(rule for rule in service.RULES if rule.info.rule in wanted)
    unknown = wanted - {rule.info.rule for rule in asked}
    assert not unknown, f"there is no rule {unknown}"
    with patch.object(service, "RULES", asked):
        return list(SupervisionService(work, clock, staff).findings())
