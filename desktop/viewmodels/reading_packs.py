"""A household of a reading pack (閲覧パック) in words: what the brief before a visit shows, members, address and the policy's actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.domain.carry_out_forms import said_at
from desktop.domain.era import DateStyle, age_on, format_date
from desktop.domain.households import Member
from desktop.domain.labels import RELATION, SHIELDED_NAME
from desktop.domain.reading_packs import PackGroup, PackHeader, PackLine, PackSheet
from desktop.viewmodels.briefs import BriefGroup, BriefLine, brief_groups, duty_columns
from desktop.viewmodels.columns import Column

if TYPE_CHECKING:
    from desktop.services.reading_packs.service import PackSource

_NO_PURPOSE = "訪問の目的は選ばれていません。"


def sheet_of(source: PackSource, today: date) -> PackSheet:
    """What is read of a household."""
    identity = source.file.identity
    groups = (
        PackGroup(title="今回の訪問の目的", lines=tuple(_visit(source))),
        PackGroup(title="住まいと担当", lines=tuple(_place(source))),
        PackGroup(
            title="世帯員", lines=tuple(_member(member, today) for member in source.file.members)
        ),
        *(
            PackGroup(
                title=group.title,
                lines=tuple(PackLine(text=line.text, tone=line.tone) for line in group.lines),
            )
            for group in brief_groups(source.brief, source.wanted, today)
        ),
        PackGroup(title="援助方針の取組・短期目標", lines=tuple(_duties(source, today))),
    )
    return PackSheet(
        case_number=identity.case_number,
        head_name=identity.head_name or SHIELDED_NAME,
        groups=tuple(group for group in groups if group.lines),
    )


def groups_to_read(sheet: PackSheet) -> tuple[BriefGroup, ...]:
    """A sheet as the browser of briefs shows one."""
    return tuple(
        BriefGroup(
            title=group.title,
            lines=tuple(BriefLine(text=line.text, tone=line.tone) for line in group.lines),
        )
        for group in sheet.groups
    )


def sheet_columns() -> tuple[Column[PackSheet], ...]:
    """Columns of the households of a pack."""
    return (
        Column(header="ケース番号", text=lambda s: s.case_number),
        Column(header="世帯主", text=lambda s: s.head_name),
    )


def header_text(header: PackHeader, now: datetime) -> str:
    """Which pack it is, and how long it opens yet."""
    left = max(int((header.expires_at - now).total_seconds() // 60), 0)
    hours, minutes = divmod(left, 60)
    yet = f"{hours}時間{minutes}分" if hours else f"{minutes}分"
    return (
        f"{header.label}　{header.office}　{header.households}世帯　"
        f"期限 {said_at(header.expires_at)}（あと{yet}）"
    )


def _visit(source: PackSource) -> Iterator[PackLine]:
    if source.visit:
        yield PackLine(text="、".join(source.visit))
    else:
        yield PackLine(text=_NO_PURPOSE, tone="muted")


def _place(source: PackSource) -> Iterator[PackLine]:
    file, identity = source.file, source.file.identity
    where = "　".join(filter(None, (file.postal_code, file.address)))
    if where:
        yield PackLine(text=where)
    who = f"　担当 {identity.caseworker}" if identity.caseworker else ""
    yield PackLine(text=f"{identity.district_name}{who}")


def _member(member: Member, today: date) -> PackLine:
    """Name, reading, relation and age; where somebody is who is not at home."""
    kana = f"（{member.kana}）" if member.kana else ""
    born = ""
    if member.birth_date is not None:
        age = age_on(member.birth_date, today)
        born = f"　{format_date(member.birth_date, DateStyle.SHORT)}生（{age}歳）"
    away = f"　{member.residence_place}" if member.residence_place else ""
    work = f"　就労先 {member.work}" if member.work else ""
    return PackLine(text=f"{RELATION[member.relation]}　{member.name}{kana}{born}{away}{work}")


def _duties(source: PackSource, today: date) -> Iterator[PackLine]:
    columns = duty_columns(lambda: today)
    for duty in source.brief.duties:
        tone = "error" if duty.is_late(today) else "text"
        yield PackLine(text="　".join(column.text(duty) for column in columns), tone=tone)
