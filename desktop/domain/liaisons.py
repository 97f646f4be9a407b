"""Whom to ring about a household (関係先): kin, landlord, doctor, 民生委員, care, school, work, guardian, and who must not be rung.

A liaison is never a medical word and never a judgement: who it is, how and when it is reached. It is added in versions, the
newest counts; it ends on a day and is never removed. One with a bar (連絡しない) says why nobody rings it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.activities import ActivityPerson
from desktop.domain.errors import ValidationError
from desktop.domain.referrals import too_long
from desktop.domain.visit_telephones import clean_number, read_number

#: What stands before a bar wherever it is shown: a sign and words, never colour alone.
BARRED = "× 連絡しない"
#: Characters of a name and of how it is reached; what is longer belongs to the note.
MOST_NAME, MOST_WHOM = 40, 60


class LiaisonKind(StrEnum):
    """What somebody is to the household, in the order in which lists show them."""

    EMERGENCY = "emergency"
    KIN = "kin"
    LANDLORD = "landlord"
    DOCTOR = "doctor"
    VOLUNTEER = "volunteer"
    CARE = "care"
    NURSING = "nursing"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    GUARDIAN = "guardian"
    OTHER = "other"


#: No label is longer than the narrow column of the handover sheet.
LIAISON_KIND: Mapping[LiaisonKind, str] = {
    LiaisonKind.EMERGENCY: "緊急連絡先",
    LiaisonKind.KIN: "親族",
    LiaisonKind.LANDLORD: "家主・管理会社",
    LiaisonKind.DOCTOR: "主治医・病院",
    LiaisonKind.VOLUNTEER: "民生委員",
    LiaisonKind.CARE: "ケアマネ・介護",
    LiaisonKind.NURSING: "訪問看護",
    LiaisonKind.SCHOOL: "学校・保育所",
    LiaisonKind.WORKPLACE: "勤め先",
    LiaisonKind.GUARDIAN: "後見人等",
    LiaisonKind.OTHER: "その他",
}


class BarReason(StrEnum):
    """Why nobody of the office rings or writes to somebody (連絡しない)."""

    VIOLENCE = "violence"
    KIN_EXCLUDED = "kin_excluded"
    WISH = "wish"
    UNAWARE = "unaware"
    OTHER = "other"


BAR_REASON: Mapping[BarReason, str] = {
    BarReason.VIOLENCE: "DV・虐待などの危険",
    BarReason.KIN_EXCLUDED: "扶養照会の除外",
    BarReason.WISH: "本人の希望",
    BarReason.UNAWARE: "保護を知らせていない",
    BarReason.OTHER: "その他（備考を見る）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """One version. `liaison_id` stays through all of them, `whom` is a person or department to ask for.

    `hours` says when to ring, `reason` why an earlier bar was lifted or ended; `person` is the member it concerns, "" for all.
    """

    row_id: UUID
    liaison_id: UUID
    version: int
    kind: LiaisonKind
    name: str = field(repr=False)
    valid_from: date
    whom: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    hours: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    bar: BarReason | None = None
    reason: str = field(default="", repr=False)
    person_id: UUID | None = None
    person: str = field(default="", repr=False)
    valid_to: date | None = None
    made_by: str = field(default="", repr=False)
    made_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day; both ends belong to it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiaisonInput:
    """A version to be kept. `version` is the one that was shown, 0 for somebody new, who has `liaison_id` = `row_id`."""

    row_id: UUID
    liaison_id: UUID
    household_id: UUID
    version: int
    kind: LiaisonKind
    name: str = field(repr=False)
    valid_from: date
    whom: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    hours: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    bar: BarReason | None = None
    reason: str = field(default="", repr=False)
    person_id: UUID | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLiaisons:
    """What the section 関係先 shows: the newest version of each, and the earlier ones by the liaison, the newest first."""

    people: tuple[ActivityPerson, ...]
    liaisons: tuple[Liaison, ...]
    earlier: Mapping[UUID, tuple[Liaison, ...]] = field(repr=False)
    may_write: bool


def in_order(found: Iterable[Liaison], today: date) -> tuple[Liaison, ...]:
    """Those that hold before those that do not; then the barred, so that none is overlooked, then by kind and name."""
    kinds = tuple(LiaisonKind)
    return tuple(
        sorted(
            found,
            key=lambda x: (
                not x.holds_on(today),
                x.bar is None,
                kinds.index(x.kind),
                x.name,
                x.liaison_id,
            ),
        )
    )


def barred_text(liaison: Liaison) -> str:
    """Who must not be rung and why; "" for somebody who may be."""
    if liaison.bar is None:
        return ""
    return f"{LIAISON_KIND[liaison.kind]}　{liaison.name}：{BAR_REASON[liaison.bar]}"


def liaison_errors(given: LiaisonInput, old: Liaison | None) -> dict[str, str]:
    """Field → sentence for what a version may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if not given.name:
        errors["name"] = "氏名か名称を入力してください。"
    for name, most in (("name", MOST_NAME), ("whom", MOST_WHOM), ("hours", MOST_WHOM)):
        if len(getattr(given, name)) > most:
            errors[name] = f"{most}文字までにしてください。続きは備考に書きます。"
    if given.valid_to is not None and given.valid_to < given.valid_from:
        errors["valid_to"] = "始まりの日からあとの日付にしてください。"
    if given.bar is BarReason.OTHER and not given.note:
        errors["note"] = "連絡しない理由を備考に書いてください。"
    if old is not None and _loosens(given, old) and not given.reason:
        errors["reason"] = "「連絡しない」を解く・終える理由を入力してください。"
    return errors | _number_error(given) | too_long({"note": given.note, "reason": given.reason})


def _loosens(given: LiaisonInput, old: Liaison) -> bool:
    """Whether a bar is lifted, or holds for a shorter time than it did."""
    if old.bar is None:
        return False
    last, was = given.valid_to or date.max, old.valid_to or date.max
    return given.bar is None or given.valid_from > old.valid_from or last < was


def _number_error(given: LiaisonInput) -> dict[str, str]:
    if not given.telephone:
        return {}
    try:
        read_number(given.telephone)
    except ValidationError as error:
        return {"telephone": error.sentence}
    return {}


def kept_number(text: str) -> str:
    """A number as it is kept; "" where there is none."""
    return clean_number(text) if text.strip() else ""
