"""Requests to Hello Work (支援要請) of the training office: one accepted, one without an answer (S01), one that may still wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.referrals import ReferralMove
from desktop.models.referrals import (
    ReferralRecord,
    ReferralStepRecord,
    ReferralStepText,
    ReferralText,
)
from desktop.services.masters import lookup
from desktop.services.training.support_cast import Supported, Telling, instant

_WRITTEN, _PARTNER, _MONTHS = (14, 0), "hw1", 6


def tell_referrals(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Write them with what came back."""
    limits = lookup.thresholds(telling.session, telling.office_id, telling.today)
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        day, referral_id = telling.day(line["days"]), telling.new_id()
        reply_by = day + timedelta(days=limits.referral_reply_days)
        telling.add(
            ReferralRecord(
                id=referral_id,
                person_id=who.person_id,
                number=line["number"],
                partner=_PARTNER,
                asked_on=day,
                reply_by=reply_by,
                consent_on=day,
                health_consent_on=None,
                made_by=who.caseworker_id,
                made_at=instant(day, *_WRITTEN),
                **telling.owner(who),
            ),
            ReferralText(
                referral_id=referral_id,
                history=line["history"],
                qualifications=line.get("qualifications", ""),
                wishes=line["wishes"],
                health_limits="",
                barriers=line.get("barriers", ""),
                so_far=line["so_far"],
                request=line["request"],
                **telling.owner(who),
            ),
        )
        if "accepted" in line:
            _accepted(telling, who, referral_id, line)
            continue
        is_near = (telling.today - reply_by).days <= limits.s01_days
        telling.plant("S01", who, reply_by, "回答のない支援要請", is_near=is_near)


def _accepted(telling: Telling, who: Supported, referral_id: UUID, line: Mapping[str, Any]) -> None:
    day, step_id = telling.day(line["accepted"]), telling.new_id()
    telling.add(
        ReferralStepRecord(
            id=step_id,
            referral_id=referral_id,
            move=ReferralMove.ACCEPTED,
            on_day=day,
            until=months_later(day, _MONTHS),
            result=None,
            noted_by=who.caseworker_id,
            noted_at=instant(day, *_WRITTEN),
            **telling.owner(who),
        ),
        ReferralStepText(
            step_id=step_id,
            navigator=line["navigator"],
            note=line.get("note", ""),
            **telling.owner(who),
        ),
    )
