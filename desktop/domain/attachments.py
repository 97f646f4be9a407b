"""Files attached to received papers (添付ファイル): what is taken, what is refused, and in which words.

A file is known by its content, never by its name alone. It is looked into in a process of its own
(`desktop/inspection`), stored as it is, shown inside the program only, and never changed or removed but with its file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.papers import number_label

#: A file is at most so large (10 MB), whatever the office sets.
MOST_BYTES = 10 * 1024 * 1024
#: A paper has at most so many files.
MOST_FILES = 50
#: Most characters of a file's name; a longer one keeps its end.
MOST_NAME = 200
#: A picture has at most so many points (a sheet of A3 at 600 dpi has 70 million).
MOST_POINTS = 80_000_000

TOO_LARGE = "10MBを超えるファイルは添付できません。分けるか、画質を下げて保存し直してください。"
EMPTY = "中身のないファイルです。もとのファイルを確かめてください。"
NOT_A_FILE = "ファイルではありません。フォルダー、ショートカット、機器は添付できません。"
UNREADABLE = (
    "ファイルを開けません。場所と名前、ほかのプログラムで開いていないかを確かめてください。"
)
UNKNOWN = (
    "この種類のファイルは添付できません。PDF、JPEG、PNG、TIFF、メール（.eml）を選んでください。"
)
BROKEN = "ファイルが壊れていて開けません。もとのファイルを確かめて、保存し直してください。"
TOO_MUCH = "開くのに時間かメモリーがかかりすぎるため、添付できません。紙に印刷するか、保存し直してください。"
CRASHED = "ファイルを調べる途中で止まりました。壊れているか、大きすぎます。保存し直してください。"
NOT_STARTED = (
    "ファイルを調べる準備ができません。ほかのプログラムを閉じて、もう一度操作してください。"
)
ENCRYPTED = "パスワードで保護されたPDFは添付できません。保護を外して保存し直してください。"
ACTIVE = "動作するしくみ（スクリプト、埋め込みファイルなど）が入ったPDFは添付できません。印刷し直したPDFにしてください。"
UNUSUAL = "特殊な作りのPDFのため、安全を確かめられません。印刷し直したPDFにしてください。"
BOMB = "広げると極端に大きくなるファイルのため、添付できません。保存し直してください。"
OFFICE = "Officeの文書は添付できません。PDFで保存し直してください。"
OUTLOOK = "Outlookの形式（.msg）は添付できません。メール（.eml）かPDFで保存し直してください。"
ARCHIVE = "圧縮されたファイルは添付できません。取り出してから一つずつ添付してください。"
PROGRAM = "プログラムは添付できません。"
WEB_PAGE = "ウェブページは添付できません。PDFで保存し直してください。"
HEIC = "HEICの写真は添付できません。JPEGで保存し直してください。"
OTHER_IMAGE = "この形式の画像は添付できません。JPEGかPNGで保存し直してください。"
IN_MAIL = "添付できない種類のファイルがメールに付いています。必要なファイルだけを取り出して添付してください。"
STOPPED = "中止しました。何も添付していません。"
TOO_MANY_FILES = f"一つの書類に添付できるのは{MOST_FILES}件までです。"
NO_PAPER = "この書類は見つからないか、添付できる書類ではありません。"
NO_FILE = "この添付ファイルは見つからないか、見る権限がありません。"
OTHER_ID = "同じ番号で別のファイルが先に添付されています。画面を更新してください。"
NO_NAME = "ファイルの名前がありません。"
NOT_SHOWN = "このファイルはここに表示できません。システム担当者に連絡してください。"


class FileKind(StrEnum):
    """What a file is by its content."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    MAIL = "mail"


FILE_KIND: Mapping[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.JPEG: "JPEG画像",
    FileKind.PNG: "PNG画像",
    FileKind.TIFF: "TIFF画像",
    FileKind.MAIL: "メール",
}
#: The ends of names that go with each kind.
SUFFIXES: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    FileKind.PNG: (".png",),
    FileKind.TIFF: (".tif", ".tiff"),
    FileKind.MAIL: (".eml",),
}


def too_many_pages(pages: int, most: int) -> str:
    """The refusal of a file with more pages than the office takes."""
    return f"{pages:,}頁のファイルです。{most:,}頁までにしてください。必要な頁だけを保存し直してください。"


def other_kind(kind: FileKind, suffix: str) -> str:
    """The refusal of a file whose name says something else than its content."""
    said = f"「{suffix}」" if suffix else "拡張子なし"
    return (
        f"名前（{said}）と中身（{FILE_KIND[kind]}）が合いません。"
        f"正しいファイルなら、名前の終わりを「{SUFFIXES[kind][0]}」に変えてから添付してください。"
    )


_REFUSALS = frozenset(
    {BROKEN, TOO_MUCH, ENCRYPTED, ACTIVE, UNUSUAL, BOMB, OFFICE, OUTLOOK, ARCHIVE, PROGRAM}
    | {WEB_PAGE, HEIC, OTHER_IMAGE, IN_MAIL, UNKNOWN, NOT_SHOWN}
)
_COUNTED = re.compile(r"[\d,]{1,15}頁のファイルです。[\d,]{1,15}頁までにしてください。[^\s]{1,60}")
_LONGEST_REFUSAL = 300


def is_refusal(said: str) -> bool:
    """Whether a sentence is one of those with which a look into a file refuses it."""
    is_named = said.startswith("名前（") and said.endswith("に変えてから添付してください。")
    return said in _REFUSALS or (
        len(said) <= _LONGEST_REFUSAL
        and said.isprintable()
        and (is_named or _COUNTED.fullmatch(said) is not None)
    )


def plain_name(name: str) -> str:
    """A file's name without folders and signs that control; at most MOST_NAME characters, the end is kept."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[-MOST_NAME:]


def suffix_of(name: str) -> str:
    """The end of a name from its last dot on, in small letters; "" where there is none."""
    stem, dot, end = name.rpartition(".")
    return f".{end.lower()}" if dot and stem else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a look into a file found: its kind by content, and how many pages it has."""

    kind: FileKind
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as rows of red, green and blue bytes, three a point."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """A mail as plain text: its head, its words, and the names of the files in it, which are not opened."""

    head: tuple[tuple[str, str], ...] = field(repr=False)
    body: str = field(repr=False)
    files: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameFile:
    """Where the same bytes lie already, as far as the reader may see it."""

    paper: str
    case_number: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What was stored, and where the same file lies already. Nothing is ever merged."""

    attachment_id: UUID
    paper_id: UUID
    kind: FileKind
    pages: int
    size: int
    sha256: str
    same: tuple[SameFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    """A file of a paper: facts. `name` is "" where the file of the household is not open."""

    attachment_id: UUID
    paper_id: UUID
    household_id: UUID
    fiscal_year: int
    number: int
    kind: FileKind
    pages: int
    size: int
    sha256: str
    received_at: datetime
    received_by: str = field(repr=False)
    name: str = field(default="", repr=False)
    same: tuple[SameFile, ...] = ()

    @property
    def paper(self) -> str:
        """The number of its paper as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A stored file that was read under a ticket; its pages are drawn from it one by one."""

    attachment_id: UUID
    kind: FileKind
    pages: int
    name: str = field(repr=False)
    data: bytes = field(repr=False)
