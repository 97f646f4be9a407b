"""Taking part in programmes (事業参加) in the training office: some go on, one is over, one took back what a partner may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from desktop.domain.support_plans import ConsentMove, ConsentWay
from desktop.models.participations import (
    Participation,
    ParticipationConsent,
    ParticipationConsentText,
)
from desktop.services.training.support_cast import Supported, Telling, instant

_NOTED = (15, 30)


def tell_participations(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Write them; each with the consent that its programme asks for."""
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        began = telling.day(line["days"])
        ended = telling.day(line["ended"]) if "ended" in line else None
        participation_id = telling.new_id()
        telling.add(
            Participation(
                id=participation_id,
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
        for answer in line.get("consent", ()):
            _tell_consent(telling, who, participation_id, answer)


def _tell_consent(
    telling: Telling, who: Supported, participation_id: UUID, line: Mapping[str, Any]
) -> None:
    """What somebody said to a partner being told, and what the partner may be told."""
    said, consent_id = telling.day(line["days"]), telling.new_id()
    telling.add(
        ParticipationConsent(
            id=consent_id,
            participation_id=participation_id,
            partner=line["partner"],
            move=ConsentMove(line["move"]),
            said_on=said,
            way=ConsentWay(line["way"]),
            noted_by=who.caseworker_id,
            noted_at=instant(said, *_NOTED),
            **telling.owner(who),
        )
    )
    if "shared" in line:
        telling.add(
            ParticipationConsentText(
                consent_id=consent_id, shared=line["shared"], **telling.owner(who)
            )
        )
