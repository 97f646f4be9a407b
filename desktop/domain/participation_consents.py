"""What somebody said to taking part in a programme, and to a partner being told something (事業参加・情報共有の同意).

Rows are only added; of each matter the newest counts. Consent can be taken back at any time, also after taking part ended. Nothing
follows by itself: the participation goes on until a person ends it; only papers to that partner are printed no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import ConflictError
from desktop.domain.support_plans import MOST_WORDS, ConsentMove, ConsentWay

#: The matter of a consent that is to taking part itself; any other is the code of a partner (連携先).
TAKING_PART = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartConsentInput:
    """What was said: to taking part (`partner` is TAKING_PART), or to a partner being told what `shared` says."""

    consent_id: UUID
    household_id: UUID
    participation_id: UUID
    move: ConsentMove
    said_on: date
    way: ConsentWay
    partner: str = TAKING_PART
    shared: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartConsent:
    """One answer as it is read. `shared` stands only where a file is open and a partner may be told."""

    move: ConsentMove
    said_on: date
    way: ConsentWay
    partner: str = TAKING_PART
    partner_label: str = ""
    shared: str = field(default="", repr=False)
    noted_by: str = field(default="", repr=False)


_SHORT: Mapping[ConsentMove, str] = {
    ConsentMove.GIVEN: "同意",
    ConsentMove.DECLINED: "不同意",
    ConsentMove.TAKEN_BACK: "撤回",
}


def _short_day(day: date) -> str:
    return format_date(day, DateStyle.SHORT)


def consent_word(consent: PartConsent | None, day: Callable[[date], str] = _short_day) -> str:
    """同意 R6.9.1, 撤回 R6.9.10; "" where nothing is noted. For a column; `day` writes a date as a paper wants it."""
    return f"{_SHORT[consent.move]} {day(consent.said_on)}" if consent else ""


def sharing_word(sharing: Sequence[PartConsent]) -> str:
    """How many partners may be told and how many not (同意1・撤回1); "" where nobody was asked."""
    counts = Counter(each.move for each in sharing)
    return "・".join(f"{label}{counts[move]}" for move, label in _SHORT.items() if counts[move])


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRefusal:
    """That the newest answer to a partner being told is no, said on or after the day of the consent that a paper stands on."""

    move: ConsentMove
    said_on: date

    def error(self) -> ConflictError:
        """Why the paper is not printed, and what to do."""
        act = "撤回しています" if self.move is ConsentMove.TAKEN_BACK else "断っています"
        day = format_date(self.said_on, DateStyle.SHORT)
        return ConflictError(
            f"本人は、この連携先への情報共有の同意を{day}に{act}。この連携先への書類は印刷できません。"
            "もう一度同意を得たときは、「個別支援計画」で情報共有の同意を記録してから印刷してください。"
        )


def part_consent_errors(
    given: PartConsentInput,
    before: PartConsent | None,
    partners: Mapping[str, object],
    today: date,
) -> dict[str, str]:
    """Field → sentence; `before` is the newest answer to the same matter. The database judges by the same rules."""
    errors = {}
    if given.said_on > today:
        errors["said_on"] = "同意などの日は今日までの日付にしてください。"
    elif before is not None and given.said_on < before.said_on:
        errors["said_on"] = "前の答えの日からあとの日付にしてください。"
    takes_back = given.move is ConsentMove.TAKEN_BACK
    if takes_back and (before is None or before.move is not ConsentMove.GIVEN):
        errors["move"] = "撤回できるのは、いま同意しているときだけです。"
    to_partner = given.partner != TAKING_PART
    if to_partner and not takes_back and given.partner not in partners:
        errors["partner"] = "この連携先はいまの設定値にありません。一覧から選んでください。"
    shares = to_partner and given.move is ConsentMove.GIVEN
    if shares and not given.shared:
        errors["shared"] = "共有する情報を入力してください。"
    if not shares and given.shared:
        errors["shared"] = "共有する情報は、情報共有に同意したときだけ入力します。"
    if len(given.shared) > MOST_WORDS:
        errors["shared"] = "文字が多すぎます。短くしてください。"
    return errors
