"""Columns and words of the tab 二重確認. Nobody is ranked: it is about the words of the form, not about who answered."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.blind_checks import (
    BLIND_ITEM,
    Agreement,
    BlindBoard,
    BlindItem,
    CheckRow,
    Draw,
    OpenCheck,
)
from desktop.domain.clock import japan_day
from desktop.viewmodels.columns import CENTER, RIGHT, Column
from desktop.viewmodels.conferences import short_day

#: Item, what the first said, what the second said.
Both = tuple[BlindItem, str, str]
#: The quarter and everything so far.
AgreementRow = tuple[Agreement, Agreement]

_NO_DRAW = "この四半期はまだ抽出していません。Nで、決定した事例を無作為に選びます。"
_ASKED, _WAITS = "回答待ち", "頼む人を決める"
_ALIKE = "すべて一致"


def state_words(row: CheckRow) -> str:
    """How far a case is."""
    if row.same is not None:
        return "回答済み"
    return _ASKED if row.is_open else _WAITS


def differs_words(row: CheckRow) -> str:
    """A、E; nothing before both answers are in."""
    if row.same is None:
        return ""
    return "、".join(BLIND_ITEM[item] for item in row.differs) or _ALIKE


CHECKS: Sequence[Column[CheckRow]] = (
    Column(header="世帯", text=lambda row: row.case_number),
    Column(header="氏名", text=lambda row: row.name),
    Column(header="区分", text=lambda row: row.group, align=CENTER),
    Column(
        header="決定日", text=lambda row: short_day(row.decided_on), sort=lambda r: r.decided_on
    ),
    Column(header="二人目", text=lambda row: row.second),
    Column(header="状態", text=state_words),
    Column(header="違う項目", text=differs_words),
)
AGREEMENT: Sequence[Column[AgreementRow]] = (
    Column(header="項目", text=lambda row: BLIND_ITEM[row[0].item]),
    Column(header="件数", text=lambda row: f"{row[0].count}", align=RIGHT),
    Column(header="一致", text=lambda row: _percent(row[0]), align=RIGHT),
    Column(header="これまでの件数", text=lambda row: f"{row[1].count}", align=RIGHT),
    Column(header="これまでの一致", text=lambda row: _percent(row[1]), align=RIGHT),
)
BOTH: Sequence[Column[Both]] = (
    Column(header="項目", text=lambda row: BLIND_ITEM[row[0]]),
    Column(header="はじめの評価", text=lambda row: row[1]),
    Column(header="二人目", text=lambda row: row[2]),
    Column(header="", text=lambda row: "" if _code(row[1]) == _code(row[2]) else "違います"),
)
OPEN: Sequence[Column[OpenCheck]] = (
    Column(header="世帯", text=lambda row: row.case_number),
    Column(header="世帯主", text=lambda row: row.name),
    Column(
        header="頼まれた日", text=lambda row: short_day(row.asked_on), sort=lambda r: r.asked_on
    ),
)


def draw_words(found: BlindBoard) -> str:
    """How chance chose the cases, draw by draw, so that it can be done again."""
    if not found.draws:
        return _NO_DRAW
    return "　".join(_draw(number, draw) for number, draw in enumerate(found.draws, 1))


def _draw(number: int, draw: Draw) -> str:
    day = short_day(japan_day(draw.drawn_at))
    reason = f"、理由：{draw.reason}" if draw.reason else ""
    taken = min(draw.wanted, draw.pool)
    return f"{number}回目：{day} {draw.drawn_by}が{draw.pool}件から{taken}件（乱数の種 {draw.seed}{reason}）。"


def _percent(found: Agreement) -> str:
    if found.percent is None:
        return "―"
    return f"{found.percent:.0f}％" + ("（参考値）" if found.is_few else "")


def _code(words: str) -> str:
    return words.partition(" ")[0]
