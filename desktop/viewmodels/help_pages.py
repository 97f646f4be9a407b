"""The office's own pages and imported packages, as their screen (手引の整備) shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.help_cards import HelpCard
from desktop.domain.help_packages import ImportedPackage, PackagePreview, PackageState
from desktop.domain.help_pages import OFFICE_CARDS, PageVersion, card_of
from desktop.viewmodels.columns import RIGHT, Column
from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.text_difference import difference

_SHOWN_TITLES = 8
NO_KEYS = (
    "信じる鍵がまだありません。発行者（都道府県など）から公開鍵と指紋を受け取り、システム管理者が設定値「手引の更新の鍵」に、"
    "指紋をキーとして入れます。電話などで指紋を確かめてから、もう一人が承認します。それまで何も取り込めません。"
)
_NONE_IMPORTED = "取り込んだ更新はありません。手引は出荷時のものと、事務所のきまりです。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page, or a shipped card that the office may word by itself (`page` None)."""

    key: str
    title: str
    page: PageVersion | None
    shipped: HelpCard | None

    @property
    def state(self) -> str:
        """Whether it is in the help, and as whose word."""
        if self.page is None:
            return "出荷時"
        return "取り下げ" if self.page.is_withdrawn else "使用中"


def page_rows(pages: Sequence[PageVersion], cards: Sequence[HelpCard]) -> tuple[PageRow, ...]:
    """Every page, and beneath them what is as it was shipped."""
    written = [PageRow(key=p.key, title=p.title, page=p, shipped=None) for p in pages]
    known = {page.key for page in pages}
    shipped = [
        PageRow(key=card.key, title=card.title, page=None, shipped=card)
        for card in cards
        if card.key in OFFICE_CARDS and card.key not in known
    ]
    return (*written, *shipped)


def page_columns() -> tuple[Column[PageRow], ...]:
    """What it is called, which version, whether it is used."""
    return (
        Column(header="題名", text=lambda row: row.title, tooltip=lambda row: row.title),
        Column(
            header="版",
            text=lambda row: str(row.page.number) if row.page else "",
            sort=lambda row: row.page.number if row.page else 0,
            align=RIGHT,
        ),
        Column(
            header="状態",
            text=lambda row: row.state,
            tone=lambda row: None if row.state == "使用中" else "muted",
        ),
    )


def version_columns() -> tuple[Column[PageVersion], ...]:
    """Which version, when, by whom, why."""
    return (
        Column(header="版", text=_number, sort=lambda row: row.number, align=RIGHT),
        Column(header="書いた日", text=_day, sort=lambda row: row.written_at),
        Column(header="書いた人", text=lambda row: row.author),
        Column(header="理由", text=lambda row: row.why, tooltip=lambda row: row.why),
    )


def version_card(version: PageVersion) -> HelpCard:
    """A version as it stands or stood in the help."""
    return card_of(version, None)


def version_parts(
    version: PageVersion, before: PageVersion | None, names: dict[str, str]
) -> tuple[PartDifference, ...]:
    """What a version changed of the one before; `names` are what places are called."""
    parts = (
        ("title", "題名", _title),
        ("places", "出すところ", lambda v: "、".join(names.get(p, p) for p in v.places)),
        ("words", "ほかの言い方", lambda v: "、".join(v.words)),
        ("body", "本文", lambda v: v.body),
        ("state", "状態", lambda v: "取り下げ" if v.is_withdrawn else "使用中"),
    )
    return tuple(
        PartDifference(
            key=key,
            label=label,
            pieces=difference(said(before) if before else "", said(version)),
        )
        for key, label, said in parts
    )


def package_columns() -> tuple[Column[ImportedPackage], ...]:
    """What was imported, of whom, when and by whom, and what became of it."""
    return (
        Column(
            header="号", text=lambda row: str(row.number), sort=lambda row: row.number, align=RIGHT
        ),
        Column(header="題名", text=lambda row: row.title, tooltip=lambda row: row.title),
        Column(header="発行者", text=lambda row: row.issuer),
        Column(header="取込日", text=_imported, sort=lambda row: row.imported_at),
        Column(header="取り込んだ人", text=lambda row: row.imported_by),
        Column(
            header="取消",
            text=lambda row: f"{row.returned_by}：{row.why}" if row.returned_at else "",
            tone=lambda _: "muted",
        ),
    )


def keys_line(state: PackageState) -> str:
    """Which keys are trusted, by name and fingerprint; how to enter one where there is none."""
    if not state.keys:
        return NO_KEYS
    named = "、".join(f"{key.label}（{key.fingerprint}）" for key in state.keys)
    return f"信じている鍵：{named}"


def state_line(state: PackageState) -> str:
    """What of the imported packages is in the help now."""
    row = next((row for row in state.imported if row.package_id == state.in_force), None)
    if row is not None:
        return f"いまの手引：第{row.number}号「{row.title}」（{row.issuer}、{format_date(row.issued_on, DateStyle.SHORT)}発行）"
    if state.fault:
        return f"取り込んだ更新は使っていません：{state.fault}"
    if state.imported:
        return "取り込んだ更新は取り消されています。手引は出荷時のものと、事務所のきまりです。"
    return _NONE_IMPORTED


def preview_lines(found: PackagePreview) -> str:
    """What a file would make of the help."""
    package = found.package
    lines = [
        f"第{package.number}号「{package.title}」　発行 {package.issuer}　{format_date(package.issued_on, DateStyle.SHORT)}",
        f"署名：{found.key_label}（{found.package.fingerprint}）と合っています。",
        *(
            f"{what} {len(titles)}件：{_some(titles)}"
            for what, titles in (
                ("新しい手引", found.added),
                ("変わる手引", found.changed),
                ("なくなる手引", found.removed),
                ("改正の窓に入る改正", found.changes),
            )
            if titles
        ),
    ]
    if not (found.added or found.changed or found.removed or found.changes):
        lines.append("いまの手引と同じ内容です。")
    return "\n".join(lines)


def _some(titles: Sequence[str]) -> str:
    more = f" ほか{len(titles) - _SHOWN_TITLES}件" if len(titles) > _SHOWN_TITLES else ""
    return "、".join(titles[:_SHOWN_TITLES]) + more


def _title(version: PageVersion) -> str:
    return version.title


def _number(version: PageVersion) -> str:
    return str(version.number)


def _day(version: PageVersion) -> str:
    return format_date(japan_day(version.written_at), DateStyle.SHORT)


def _imported(row: ImportedPackage) -> str:
    return format_date(japan_day(row.imported_at), DateStyle.SHORT)
