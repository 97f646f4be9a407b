"""事業参加: the register of a programme as rows, and the period that it begins with."""

from __future__ import annotations

from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.papers import fiscal_year
from desktop.domain.participation_consents import consent_word, sharing_word
from desktop.domain.participations import ParticipationRow
from desktop.domain.support_plans import ConsentMove
from desktop.viewmodels.columns import CENTER, Column

_APRIL = 4


def register_columns() -> tuple[Column[ParticipationRow], ...]:
    """Columns of the register; the support group is none of them."""
    return (
        Column(header="ケース番号", text=lambda r: r.case_number),
        Column(header="氏名", text=lambda r: r.person),
        Column(header="担当", text=lambda r: r.caseworker),
        Column(
            header="本人の同意",
            text=lambda r: consent_word(r.consent),
            tone=_consent_tone,
            align=CENTER,
        ),
        Column(
            header="情報共有",
            text=lambda r: sharing_word(r.sharing),
            tooltip=sharing_lines,
            align=CENTER,
        ),
        Column(header="始まり", text=lambda r: _day(r.starts_on), align=CENTER),
        Column(header="終わり", text=lambda r: _day(r.ended_on), align=CENTER),
        Column(header="結果", text=lambda r: r.outcome_label or "参加中", tone=_tone),
    )


def register_words(rows: tuple[ParticipationRow, ...]) -> str:
    """How many people, and how many of them go on."""
    people = len({row.person_id for row in rows})
    going = sum(row.ended_on is None for row in rows)
    return f"{people}人（参加{len(rows)}件、うち参加中{going}件）"


def sharing_lines(row: ParticipationRow) -> str:
    """What is said to each partner being told, a line each."""
    return "\n".join(f"{each.partner_label}：{consent_word(each)}" for each in row.sharing)


def usual_period(today: date) -> tuple[date, date]:
    """The fiscal year up to today."""
    return date(fiscal_year(today), _APRIL, 1), today


def _consent_tone(row: ParticipationRow) -> str:
    """Taken back is to be seen, not to be hurried about."""
    is_no = row.consent is not None and row.consent.move is not ConsentMove.GIVEN
    return "warning" if is_no and row.ended_on is None else ""


def _tone(row: ParticipationRow) -> str:
    return "muted" if row.ended_on is not None else ""


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else ""
