"""The 監査日報 (A-01): the seal of the day on paper, and what a superior should know about accounts and log-ins.

Whoever rewrites the trail and its seals cannot rewrite the signed paper: the value of the last seal stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.domain.audit_day import AuditDay
from desktop.domain.clock import JAPAN
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.seals import Seal, hex_groups
from desktop.reports.blocks import (
    Beside,
    Cell,
    Column,
    Grid,
    Heading,
    Note,
    OfficeName,
    Said,
    Stamps,
    Table,
    Title,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_STAMPS = tuple(
    Stamp(position_label=label, name="", stamped_on=None) for label in ("担当", "課長", "所長")
)
_CHAIN = Style(FontRole.GOTHIC, 14)
_CHAIN_HEIGHT = 18.0
_GROUPS_A_LINE = 8
_LABEL_WIDTH = 42.0
_ROW = 6.6
_NO_SEAL = "（封印はまだありません）"
_NOTHING = "ありません。"

_CHANGES = (
    Column("時刻", 20),
    Column("内容", 74),
    Column("対象の職員", 40),
    Column("行った人", 40),
)
_REFUSED = (Column("対象", 74), Column("回数", 30), Column("最後の時刻", 70))
_SHIELDS = (
    Column("時刻", 20),
    Column("ケース番号", 60),
    Column("方法", 30),
    Column("行った人", 64),
)
_UNUSUAL = (Column("閲覧した職員", 40), Column("内容", 134))
_GAPS = (Column("動いていなかった時間", 100), Column("長さ", 74))


def _lay_out(day: AuditDay) -> Iterator[Block]:
    yield Title(has_office=False)
    when = Said(day.imprint.day(day.day), VALUE)
    yield Beside([OfficeName(), when], [Stamps(_STAMPS)], share=0.6)
    yield Heading("1　監査記録の封印")
    yield Grid([[Cell(*row)] for row in _seal_rows(day)], label_width=_LABEL_WIDTH)
    value = Cell("最後の封印の値", _chain(day.last), height=_CHAIN_HEIGHT, style=_CHAIN)
    yield Grid([[value]], label_width=_LABEL_WIDTH)
    yield Note(day.imprint.say(DAILY_AUDIT.code, "keep"))
    for title, columns, rows in _tables(day):
        yield Heading(title)
        yield Table(columns, rows, row=_ROW, head=_ROW, empty=_NOTHING)


def _tables(day: AuditDay) -> Iterator[tuple[str, Sequence[Column], list[tuple[str, ...]]]]:
    yield (
        "2　アカウントと職務の変更",
        _CHANGES,
        [(_time(c.at), c.label, c.whom, c.by) for c in day.changes],
    )
    yield (
        "3　拒否されたサインイン",
        _REFUSED,
        [(r.name or "登録のない利用者名", f"{r.count:,}回", _time(r.last_at)) for r in day.refused],
    )
    yield (
        "4　支援措置の解除・変更（理由を地区の査察指導員に確かめてください）",
        _SHIELDS,
        [
            (_time(s.at), s.case_number, "台帳の取込" if s.by_import else "個別", s.by)
            for s in day.shields
        ],
    )
    yield (
        "5　通常と異なる閲覧（何のための閲覧だったかを本人に確かめてください）",
        _UNUSUAL,
        [(note.name, note.fact) for note in day.unusual],
    )
    yield (
        f"6　定期処理（この日 {day.ticks:,}回。10分を超えて動かなかった時間）",
        _GAPS,
        [
            (
                f"{_time(g.since)}～{_time(g.until)}",
                f"{int((g.until - g.since).total_seconds()) // 60:,}分",
            )
            for g in day.gaps
        ],
    )


def _seal_rows(day: AuditDay) -> Iterator[tuple[str, str]]:
    yield "監査記録（この日）", f"{day.events:,}件（うち未封印 {day.unsealed:,}件）"
    yield "封印（この日）", f"{day.seals:,}件"
    yield "前日までの最後の封印", _named(day.imprint, day.before)
    yield "最後の封印", _named(day.imprint, day.last)


def _named(imprint: Imprint, seal: Seal | None) -> str:
    if seal is None:
        return "ありません"
    at = seal.at.astimezone(JAPAN)
    day = imprint.day(at.date(), is_short=True)
    return f"第{seal.n:,}番　{day} {at:%H:%M:%S}　{seal.rows:,}件"


def _chain(seal: Seal | None) -> str:
    """The value in groups that can be read out, on lines of eight."""
    if seal is None:
        return _NO_SEAL
    groups = hex_groups(seal.chain).split(" ")
    lines = [groups[i : i + _GROUPS_A_LINE] for i in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join("　".join(line) for line in lines)


def _time(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%H:%M:%S}"


DAILY_AUDIT: FormKind[AuditDay] = FormKind(
    code="A-01",
    title="監査日報",
    edition="第3版",
    lay_out=_lay_out,
    subject=lambda day: day.imprint.day(day.day),
)
