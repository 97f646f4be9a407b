"""A day of the audit trail as the screen 監査 shows it: one list of what somebody should look at, and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.domain.audit import HISTORY, PRINT, WRITE, Access
from desktop.domain.audit_day import AuditDay
from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.domain.seals import Seal, Verification, hex_groups
from desktop.viewmodels.columns import CENTER, Column
from desktop.viewmodels.records_text import instant_text

ACCOUNT, REFUSED, SHIELD, READING, TICK, SEARCH = (
    "アカウント",
    "サインイン拒否",
    "支援措置",
    "閲覧",
    "定期処理",
    "保存した検索",
)
_KINDS = (ACCOUNT, REFUSED, SHIELD, READING, TICK, SEARCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdAsk:
    """Whose file is asked about, from which day to which; None: without bound."""

    case_number: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One thing of the day: when (None: of the day), what, about whom or which case, by whom."""

    kind: str
    at: datetime | None
    what: str
    about: str = field(default="", repr=False)
    by: str = field(default="", repr=False)

    @property
    def time(self) -> str:
        """The time of day."""
        return f"{self.at.astimezone(JAPAN):%H:%M:%S}" if self.at else ""


def day_lines(day: AuditDay) -> tuple[DayLine, ...]:
    """Everything of the report but the seals, kind by kind."""
    return tuple(_lines(day))


def _lines(day: AuditDay) -> Iterator[DayLine]:
    for change in day.changes:
        yield DayLine(
            kind=ACCOUNT, at=change.at, what=change.label, about=change.whom, by=change.by
        )
    for refused in day.refused:
        name = refused.name or "登録のない利用者名"
        yield DayLine(kind=REFUSED, at=refused.last_at, what=f"{refused.count:,}回", about=name)
    for shield in day.shields:
        how = "台帳の取込で" if shield.by_import else ""
        yield DayLine(
            kind=SHIELD,
            at=shield.at,
            what=f"{how}解除または変更",
            about=f"ケース {shield.case_number}",
            by=shield.by,
        )
    for note in day.unusual:
        yield DayLine(kind=READING, at=None, what=note.fact, by=note.name)
    for gap in day.gaps:
        minutes = int((gap.until - gap.since).total_seconds()) // 60
        until = f"{gap.until.astimezone(JAPAN):%H:%M}"
        yield DayLine(kind=TICK, at=gap.since, what=f"{until}まで{minutes:,}分動いていません")
    for run in day.searches:
        often = f"（{run.count:,}回）" if run.count > 1 else ""
        yield DayLine(
            kind=SEARCH,
            at=run.last_at,
            what=f"目的：{run.aim}{often}",
            about=f"「{run.words.replace('|', '／')}」",
            by=run.name,
        )


def line_columns() -> tuple[Column[DayLine], ...]:
    """The columns of a day's lines."""
    return (
        Column(header="区分", text=lambda x: x.kind, sort=lambda x: _KINDS.index(x.kind)),
        Column(header="時刻", text=lambda x: x.time, sort=lambda x: x.time),
        Column(header="内容", text=lambda x: x.what, tooltip=lambda x: x.what, tone=_tone),
        Column(header="対象", text=lambda x: x.about, tooltip=lambda x: x.about),
        Column(header="行った人", text=lambda x: x.by),
    )


def household_columns() -> tuple[Column[Access], ...]:
    """The columns of a household's openings and changes."""
    return (
        Column(header="日時", text=lambda a: instant_text(a.at)),
        Column(header="だれが", text=lambda a: a.who or "（職員でない接続）"),
        Column(header="端末", text=lambda a: a.client or "―"),
        Column(header="したこと", text=lambda a: a.what, tooltip=lambda a: a.what),
        Column(header="目的", text=_why_opened),
        Column(
            header="担当外",
            text=lambda a: "▲ 担当外" if a.outside_duty else "",
            align=CENTER,
            tone=lambda a: "warning" if a.outside_duty else None,
        ),
        Column(header="理由", text=lambda a: a.why, tooltip=lambda a: a.why),
    )


def household_detail(access: Access) -> str:
    """One line of the list in full."""
    outside = "▲ 担当外" if access.outside_duty else ""
    reason = f"理由：{access.why}" if access.why else ""
    return "　".join(filter(None, (access.what, _why_opened(access), outside, reason)))


def household_sentence(ask: HouseholdAsk, accesses: Sequence[Access]) -> str:
    """Whose list it is, of which days, and how long."""
    days = [format_date(day, DateStyle.SHORT) if day else "" for day in (ask.since, ask.until)]
    span = "～".join(days) if any(days) else "すべての期間"
    written = sum(access.purpose == WRITE for access in accesses)
    outside = sum(access.outside_duty for access in accesses)
    return (
        f"ケース {ask.case_number}　{span}　閲覧など {len(accesses) - written:,}件"
        f"（担当外 {outside:,}件）　変更 {written:,}件"
    )


def count_sentence(day: AuditDay) -> str:
    """How much was written and sealed."""
    return (
        f"監査記録 {day.events:,}件（未封印 {day.unsealed:,}件）　封印 {day.seals:,}件　"
        f"定期処理 {day.ticks:,}回"
    )


def seal_sentence(seal: Seal | None) -> str:
    """The last seal by number and time."""
    if seal is None:
        return "封印はまだありません。"
    at = seal.at.astimezone(JAPAN)
    when = format_date(at.date(), DateStyle.SHORT)
    return f"最後の封印　第{seal.n:,}番　{when} {at:%H:%M:%S}"


def seal_value(seal: Seal | None) -> str:
    """The value to be compared with the paper, "" for none."""
    return hex_groups(seal.chain) if seal else ""


def verdict(found: Verification) -> str:
    """What a verification says, in a sentence for each fault."""
    counted = (
        f"監査記録 {found.events:,}件、封印 {found.seals:,}件を計算し直しました"
        f"（未封印 {found.unsealed:,}件、廃棄済み {found.disposed:,}件）。"
    )
    if not found.faults:
        return f"{counted}変わった記録はありません。"
    return "\n".join((f"{counted}変わった記録があります。", *(f.sentence for f in found.faults)))


def paper_name(day: AuditDay) -> str:
    """What the file is called when it is saved."""
    return f"監査日報_{day.day.isoformat()}.pdf"


def _why_opened(access: Access) -> str:
    """The purpose of an opening; what else was done says so itself."""
    return "" if access.purpose in {WRITE, PRINT, HISTORY} else access.purpose_label


def _tone(line: DayLine) -> str | None:
    return "warning" if line.kind in {SHIELD, READING, TICK} else None
