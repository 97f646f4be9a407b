"""Attached files as screens show them, and the files on their way to a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from desktop.domain.attachments import (
    FILE_KIND,
    Attached,
    AttachmentLine,
    MailText,
    SameFile,
    plain_name,
)
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.services.workstation.incoming import IncomingFile
from desktop.viewmodels.columns import CENTER, RIGHT, Column

_KILO = 1024
_MOST_NAMED = 3


class Way(StrEnum):
    """How far a chosen file has come."""

    WAITING = "待っています"
    WORKING = "調べています…"
    ATTACHED = "添付しました"
    REFUSED = "添付せず"
    STOPPED = "中止しました"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedFile:
    """A chosen file on its way. `attachment_id` stays through retries, so that it is stored once."""

    attachment_id: UUID
    path: Path = field(repr=False)
    way: Way = Way.WAITING
    sentence: str = ""

    @property
    def may_retry(self) -> bool:
        """Whether it can be tried again."""
        return self.way in {Way.REFUSED, Way.STOPPED}


def moved(
    queue: tuple[QueuedFile, ...], key: UUID, way: Way, sentence: str = ""
) -> tuple[QueuedFile, ...]:
    """The queue with one file further on."""
    return tuple(
        replace(each, way=way, sentence=sentence) if each.attachment_id == key else each
        for each in queue
    )


def stopped(queue: tuple[QueuedFile, ...]) -> tuple[QueuedFile, ...]:
    """The queue without anything waiting: those files are not attached."""
    return tuple(
        replace(each, way=Way.STOPPED) if each.way is Way.WAITING else each for each in queue
    )


def next_of(queue: tuple[QueuedFile, ...]) -> QueuedFile | None:
    """The file to be taken next; None while one is under way or none waits."""
    if any(each.way is Way.WORKING for each in queue):
        return None
    return next((each for each in queue if each.way is Way.WAITING), None)


def queue_summary(queue: tuple[QueuedFile, ...]) -> str:
    """How many came through."""
    done = sum(each.way is Way.ATTACHED for each in queue)
    refused = sum(each.may_retry for each in queue)
    if not queue:
        return ""
    said = f"{len(queue):,}件のうち {done:,}件を添付しました。"
    return f"{said}　添付していないもの {refused:,}件" if refused else said


def attached_sentence(attached: Attached) -> str:
    """What was stored, and where the same file lies already."""
    said = f"{FILE_KIND[attached.kind]}　{attached.pages:,}頁　{size_text(attached.size)}"
    return f"{said}　{same_text(attached.same)}" if attached.same else said


def same_text(same: tuple[SameFile, ...]) -> str:
    """Where the same file lies: told, for a person to judge."""
    if not same:
        return ""
    named = "、".join(f"{each.paper}（{each.case_number}）" for each in same[:_MOST_NAMED])
    more = f" ほか{len(same) - _MOST_NAMED:,}件" if len(same) > _MOST_NAMED else ""
    return f"同じファイルがあります：受領番号 {named}{more}"


def size_text(size: int) -> str:
    """A size as people say it."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO)):,}KB"
    return f"{size / _KILO / _KILO:.1f}MB"


def _name(file: QueuedFile | IncomingFile) -> str:
    """A file's name without signs that turn or hide parts of it."""
    return plain_name(file.path.name)


def queue_columns() -> tuple[Column[QueuedFile], ...]:
    """Columns of the files on their way."""
    tones = {Way.ATTACHED: "good", Way.REFUSED: "warning", Way.STOPPED: "muted"}
    return (
        Column(header="ファイル", text=_name, tooltip=lambda f: str(f.path.parent / _name(f))),
        Column(header="状態", text=lambda f: f.way.value, tone=lambda f: tones.get(f.way)),
        Column(header="内容", text=lambda f: f.sentence, tooltip=lambda f: f.sentence),
    )


def incoming_columns(state: Callable[[IncomingFile], str]) -> tuple[Column[IncomingFile], ...]:
    """Columns of the watched folder; `state` says what happened to a file here."""
    return (
        Column(header="ファイル", text=_name, tooltip=_name),
        Column(
            header="更新",
            text=lambda f: f"{f.changed_at.astimezone(JAPAN):%m/%d %H:%M}",
            sort=lambda f: f.changed_at,
            align=CENTER,
        ),
        Column(
            header="大きさ", text=lambda f: size_text(f.size), sort=lambda f: f.size, align=RIGHT
        ),
        Column(header="状態", text=state),
    )


def attachment_columns() -> tuple[Column[AttachmentLine], ...]:
    """Columns of the files of a paper."""
    return (
        Column(
            header="添付ファイル",
            text=lambda a: a.name or "（名前は世帯を開くと出ます）",
            tooltip=lambda a: a.name,
        ),
        Column(header="種類", text=lambda a: FILE_KIND[a.kind]),
        Column(header="頁", text=lambda a: f"{a.pages:,}", sort=lambda a: a.pages, align=RIGHT),
        Column(
            header="大きさ", text=lambda a: size_text(a.size), sort=lambda a: a.size, align=RIGHT
        ),
        Column(
            header="添付日",
            text=lambda a: format_date(japan_day(a.received_at), DateStyle.SHORT),
            sort=lambda a: a.received_at,
            align=CENTER,
        ),
        Column(header="添付した人", text=lambda a: a.received_by),
        Column(
            header="同じファイル",
            text=lambda a: "、".join(each.paper for each in a.same),
            tooltip=lambda a: same_text(a.same),
            tone=lambda a: "warning" if a.same else None,
        ),
    )


def mail_as_text(mail: MailText) -> str:
    """A mail as one text to be read."""
    head = "\n".join(f"{label}：{value}" for label, value in mail.head)
    files = "、".join(mail.files)
    carried = f"\n\n【メールに付いているファイル（ここでは開きません）】{files}" if files else ""
    return f"{head}\n\n{mail.body}{carried}"
