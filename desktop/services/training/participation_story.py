"""Taking part in programmes (事業参加) in the training office: some go on, one is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.support_plans import ConsentWay
from desktop.models.participations import Participation
from desktop.services.training.support_cast import Telling, instant

_NOTED = (15, 30)


def tell_participations(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Write them; each with the consent that its programme asks for."""
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        began = telling.day(line["days"])
        ended = telling.day(line["ended"]) if "ended" in line else None
        telling.add(
            Participation(
                id=telling.new_id(),
                person_id=who.person_id,
                programme=line["programme"],
                consent_on=began,
                consent_way=ConsentWay.SIGNED,
                starts_on=began,
                noted_by=who.caseworker_id,
                noted_at=instant(began, *_NOTED),
                ended_on=ended,
                outcome=line["outcome"] if ended else None,
                ended_by=who.caseworker_id if ended else None,
                ended_at=instant(ended, *_NOTED) if ended else None,
                **telling.owner(who),
            )
        )
