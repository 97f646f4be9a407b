"""Requests to Hello Work (支援要請) under 生活保護受給者等就労自立促進事業, and what it answered. Rows are only added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.activities import MOST_WORDS, ActivityPerson, Partner
from desktop.domain.errors import ConflictError

MOST_NUMBER = 40
#: What was taken back, the person's consent to be told of with it, goes onto paper no more.
TAKEN_BACK = "取り下げた要請なので、支援要請書は印刷できません。本人の同意を取り直すときは、新しい要請を作ってください。"


class ReferralMove(StrEnum):
    """What happened to a request after it was sent."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXTENDED = "extended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


REFERRAL_MOVE: Mapping[ReferralMove, str] = {
    ReferralMove.ACCEPTED: "受理（支援開始）",
    ReferralMove.DECLINED: "受理されなかった",
    ReferralMove.EXTENDED: "期間の延長",
    ReferralMove.ENDED: "支援終了",
    ReferralMove.WITHDRAWN: "要請の取下げ",
}
#: What a request that stands at a move (None: nothing came back yet) can come to next.
NEXT_MOVES: Mapping[ReferralMove | None, tuple[ReferralMove, ...]] = {
    None: (ReferralMove.ACCEPTED, ReferralMove.DECLINED, ReferralMove.WITHDRAWN),
    ReferralMove.ACCEPTED: (ReferralMove.EXTENDED, ReferralMove.ENDED, ReferralMove.WITHDRAWN),
    ReferralMove.EXTENDED: (ReferralMove.EXTENDED, ReferralMove.ENDED, ReferralMove.WITHDRAWN),
    ReferralMove.DECLINED: (),
    ReferralMove.ENDED: (),
    ReferralMove.WITHDRAWN: (),
}


class ReferralResult(StrEnum):
    """With what the support at Hello Work ended."""

    JOB = "job"
    TRAINING = "training"
    PERIOD_OVER = "period_over"
    PERSONS_WISH = "persons_wish"
    HEALTH = "health"
    OTHER = "other"


REFERRAL_RESULT: Mapping[ReferralResult, str] = {
    ReferralResult.JOB: "就職",
    ReferralResult.TRAINING: "職業訓練へ",
    ReferralResult.PERIOD_OVER: "期間満了",
    ReferralResult.PERSONS_WISH: "本人の希望",
    ReferralResult.HEALTH: "体調",
    ReferralResult.OTHER: "その他",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWords:
    """What a request tells Hello Work. `health_limits` go onto paper only with a consent, which the request dates."""

    history: str = field(default="", repr=False)
    qualifications: str = field(default="", repr=False)
    wishes: str = field(default="", repr=False)
    health_limits: str = field(default="", repr=False)
    barriers: str = field(default="", repr=False)
    so_far: str = field(default="", repr=False)
    request: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep:
    """One thing that came back; `until` is the end of the period it set."""

    step_id: UUID
    move: ReferralMove
    on_day: date
    until: date | None
    result: ReferralResult | None
    navigator: str = field(repr=False)
    note: str = field(repr=False)
    noted_by: str = field(repr=False)
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A request as it was sent (`asked_on`), to be answered by `reply_by`. `steps` the newest first."""

    referral_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    number: str
    partner: str
    asked_on: date
    reply_by: date
    consent_on: date
    health_consent_on: date | None
    words: ReferralWords
    made_by: str = field(repr=False)
    made_at: datetime
    steps: tuple[ReferralStep, ...] = ()

    @property
    def state(self) -> ReferralMove | None:
        """What came back last; None while nothing did."""
        return self.steps[0].move if self.steps else None

    @property
    def next_moves(self) -> tuple[ReferralMove, ...]:
        """What can come next."""
        return NEXT_MOVES[self.state]

    def need_printable(self) -> None:
        """Raise ConflictError for a request that was taken back."""
        if self.state is ReferralMove.WITHDRAWN:
            raise ConflictError(TAKEN_BACK)

    def is_unanswered(self, today: date) -> bool:
        """Whether the day of the answer is over and nothing came."""
        return self.state is None and self.reply_by < today


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralInput:
    """A request to be kept. `consent_on`: when the person agreed that Hello Work is told."""

    referral_id: UUID
    household_id: UUID
    person_id: UUID
    number: str
    partner: str
    asked_on: date
    reply_by: date
    consent_on: date | None
    health_consent_on: date | None = None
    words: ReferralWords = ReferralWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStepInput:
    """What came back, to be kept."""

    step_id: UUID
    referral_id: UUID
    household_id: UUID
    move: ReferralMove
    on_day: date
    until: date | None = None
    result: ReferralResult | None = None
    navigator: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReferrals:
    """The requests of a household, the newest first, and what can be chosen; `reply_days` is the office's usual wait."""

    people: tuple[ActivityPerson, ...]
    partners: tuple[Partner, ...]
    referrals: tuple[Referral, ...]
    reply_days: int
    may_write: bool


def referral_errors(given: ReferralInput, partners: tuple[str, ...], today: date) -> dict[str, str]:
    """Field → sentence for what a request may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if given.asked_on > today:
        errors["asked_on"] = "要請日は今日までの日付にしてください。"
    if given.reply_by < given.asked_on:
        errors["reply_by"] = "回答の期限は、要請日からあとの日付にしてください。"
    if given.partner not in partners:
        errors["partner"] = "ハローワークを一覧から選んでください。"
    if len(given.number) > MOST_NUMBER:
        errors["number"] = f"{MOST_NUMBER}文字までにしてください。"
    if given.consent_on is None or given.consent_on > given.asked_on:
        errors["consent_on"] = "情報を伝える同意を得た日（要請日まで）を入力してください。"
    if given.health_consent_on is not None and given.health_consent_on > given.asked_on:
        errors["health_consent_on"] = "健康上の配慮を伝える同意の日は、要請日までにしてください。"
    if not given.words.request.strip():
        errors["request"] = "お願いする内容を入力してください。"
    return errors | too_long({name: getattr(given.words, name) for name in ReferralWords.__slots__})


def step_errors(given: ReferralStepInput, referral: Referral, today: date) -> dict[str, str]:
    """Field → sentence for what came back."""
    errors: dict[str, str] = {}
    since = referral.steps[0].on_day if referral.steps else referral.asked_on
    if not since <= given.on_day <= today:
        errors["on_day"] = "日付は、前の動きの日から今日までにしてください。"
    if given.move not in referral.next_moves:
        errors["move"] = "この要請は、いまその動きにはできません。"
    has_period = given.move in {ReferralMove.ACCEPTED, ReferralMove.EXTENDED}
    if has_period and (given.until is None or given.until < given.on_day):
        errors["until"] = "支援期間の終わりを入力してください。"
    if not has_period and given.until is not None:
        errors["until"] = "支援期間は、受理と延長にだけ入れます。"
    if (given.move is ReferralMove.ENDED) != (given.result is not None):
        errors["result"] = "支援終了のときだけ、結果を選んでください。"
    return errors | too_long({"navigator": given.navigator, "note": given.note})


def too_long(texts: Mapping[str, str]) -> dict[str, str]:
    """Field → sentence for texts that are longer than texts can be."""
    return {
        name: "文字が多すぎます。短くしてください。"
        for name, text in texts.items()
        if len(text) > MOST_WORDS
    }
