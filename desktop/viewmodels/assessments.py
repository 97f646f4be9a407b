"""就労支援 in a household's file: the members with their groups, and what may be decided about the one at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.domain.assessment_forms import (
    AssessedPerson,
    Assessment,
    AssessmentsOfFile,
    AssessmentTables,
)
from desktop.domain.assessments import ASSESSMENT_KIND
from desktop.domain.era import DateStyle, age_on, format_date
from desktop.domain.support_groups import DECIDED_BY, FLAG, DecidedBy, Flag, SupportGroup
from desktop.viewmodels.columns import CENTER, Column

#: What stands where nothing is decided: a proposal is no group.
ONLY_PROPOSED = "提案のまま"
NOT_ASSESSED = "まだありません"
#: The flags as one word each, for a narrow column.
FLAG_WORD: Mapping[Flag, str] = {
    Flag.SUPPORT_HOLD: "保留",
    Flag.RESTRICTED_JOB: "制限",
    Flag.MORE_INCOME: "増収",
    Flag.NEAR_65: "65歳前",
    Flag.YOUNG_FIRST: "若年",
    Flag.VOLUNTARY: "希望",
}
_OWN = "自分が書いたアセスメントの区分は、自分では決められません。"
_HELD = "安全の確認が先です。保留を解くまで、区分は決められません。"
_CONFERENCE = "区分を変える決定と、初めての決定は、会議の議題にします。"
_DISPUTED = "本人の異議があります。会議の議題にします。"
_HIDDEN = "配慮が要る要因は、閲覧の権限がある職員にだけ表示します。ここに出ていない要因があることがあります。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the signed-in person may do for the member at hand, and a sentence where something stands in the way."""

    writes: bool = False
    provisional: bool = False
    unchanged: bool = False
    lifts: bool = False
    why_not: str = ""


def people_columns(
    tables: Callable[[], AssessmentTables | None], today: Callable[[], date]
) -> tuple[Column[AssessedPerson], ...]:
    """Columns of the members; what only is a proposal names no group."""
    return (
        Column(header="氏名", text=lambda p: p.name),
        Column(header="年齢", text=lambda p: age_text(p.birth_date, today()), align=CENTER),
        Column(header="支援区分", text=lambda p: group_text(p, tables()), tone=_group_tone),
        Column(
            header="次の見直し",
            text=lambda p: _day(p.present.next_review_on) if p.present else "",
            tone=lambda p: _review_tone(p, today()),
            align=CENTER,
        ),
        Column(header="印", text=marks, tone=_mark_tone, tooltip=flags_text),
    )


def assessment_columns() -> tuple[Column[Assessment], ...]:
    """Columns of one member's assessments, newest first, each with the day of the form that it was made with."""
    return (
        Column(header="評価した日", text=lambda a: _day(a.given.made_on), align=CENTER),
        Column(header="種類", text=lambda a: ASSESSMENT_KIND[a.given.kind]),
        Column(header="書いた人", text=lambda a: a.author),
        Column(header="様式", text=lambda a: f"{_day(a.form_on)}の版", align=CENTER),
    )


def age_text(birth_date: date | None, today: date) -> str:
    """The age in years, or that nobody knows it."""
    return "不明" if birth_date is None else f"{age_on(birth_date, today)}歳"


def group_text(person: AssessedPerson, tables: AssessmentTables | None) -> str:
    """The group in force with its label; never a group that is only proposed."""
    present = person.present
    if present is None:
        return NOT_ASSESSED if person.newest is None else ONLY_PROPOSED
    said = group_label(present.group, tables)
    return f"（仮）{said}" if present.how == DECIDED_BY[DecidedBy.PROVISIONAL] else said


def group_label(group: SupportGroup, tables: AssessmentTables | None) -> str:
    """Code and label of a group."""
    kind = tables.groups.get(group) if tables else None
    return f"{group.value}　{kind.label}" if kind else group.value


def marks(person: AssessedPerson) -> str:
    """One word for each flag, and whether an assessment came after the decision."""
    words = [FLAG_WORD[flag] for flag in person.flags]
    if is_newer_than_decision(person):
        words.append("新しい提案")
    if is_disputed(person):
        words.append("異議")
    return "・".join(words)


def standing_text(person: AssessedPerson, tables: AssessmentTables | None) -> str:
    """The group in force in whole words, with its dates; what only is proposed names no group."""
    present = person.present
    said = f"今の区分：{group_text(person, tables)}"
    if present is None:
        return said
    until = f"　期限 {_day(present.expires_on)}" if present.expires_on else ""
    return f"{said}{until}　次の見直し {_day(present.next_review_on)}"


def flags_text(person: AssessedPerson) -> str:
    """The flags in words, a line each."""
    lines = [f"▲ {FLAG[flag]}" for flag in person.flags]
    if is_newer_than_decision(person):
        lines.append("▲ 決定のあとに新しいアセスメントがあります")
    if is_disputed(person):
        lines.append("▲ 本人の異議があります")
    return "\n".join(lines)


def is_newer_than_decision(person: AssessedPerson) -> bool:
    """Whether the newest assessment was stored after the group in force was decided."""
    present, newest = person.present, person.newest
    return bool(present and newest and newest.saved_at > present.decided_at)


def is_disputed(person: AssessedPerson) -> bool:
    """Whether the person disputes the newest assessment, and nobody has decided on it yet."""
    present, newest = person.present, person.newest
    if newest is None or not newest.given.is_disputed:
        return False
    return present is None or present.assessment_id != newest.given.assessment_id


def every_assessment(person: AssessedPerson | None) -> tuple[Assessment, ...]:
    """All assessments of a member, newest first."""
    if person is None or person.newest is None:
        return ()
    return (person.newest, *person.earlier)


def offers(found: AssessmentsOfFile, person: AssessedPerson | None, staff_id: UUID) -> Offers:
    """What may be done: never by the author alone, nothing before safety, only what changes nothing without a conference."""
    if person is None:
        return Offers()
    newest, present = person.newest, person.present
    writes = found.may_assess and (newest is None or newest.can_see_all)
    if newest is None or not found.may_decide:
        return Offers(writes=writes)
    if newest.author_id == staff_id:
        return Offers(writes=writes, why_not=_OWN)
    if newest.is_held:
        return Offers(writes=writes, lifts=True, why_not=_HELD)
    is_decided = present is not None and present.how != DECIDED_BY[DecidedBy.PROVISIONAL]
    is_same = present is not None and newest.proposal.group is present.group
    is_new = present is not None and present.assessment_id != newest.given.assessment_id
    stays = is_decided and is_same and is_new and not newest.given.is_disputed
    why_not = _DISPUTED if newest.given.is_disputed and is_new else _CONFERENCE
    return Offers(writes=writes, provisional=not is_decided, unchanged=stays, why_not=why_not)


def has_more_to_print(shown: Assessment) -> bool:
    """Whether something of an assessment does not print by itself: a sensitive barrier, words about safety."""
    known = shown.tables.barriers
    return shown.given.on_hold or any(
        barrier.code not in known or known[barrier.code].is_sensitive
        for barrier in shown.given.barriers
    )


def hidden_sentence(person: AssessedPerson | None) -> str:
    """That there may be answers which this reader does not see; "" where he sees all."""
    newest = person.newest if person else None
    return _HIDDEN if newest is not None and not newest.can_see_all else ""


def _group_tone(person: AssessedPerson) -> str:
    if person.present is None:
        return "warning" if person.newest else "muted"
    return ""


def _review_tone(person: AssessedPerson, today: date) -> str:
    present = person.present
    return "error" if present is not None and present.next_review_on < today else ""


def _mark_tone(person: AssessedPerson) -> str:
    return "error" if Flag.SUPPORT_HOLD in person.flags else "warning"


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else ""
