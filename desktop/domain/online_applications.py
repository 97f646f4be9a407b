"""Applications made online (電子申請), as another system exports them: each becomes one received paper (受領書類).

An application is known by the number its own system gave it, together with the name of that system (`source`).
Its household is found by the case number or the number of a person (宛名番号), never by a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from desktop.domain.papers import MOST_FROM_WHOM, MOST_NOTE

#: An export holds at most so many applications; a longer one is exported in parts.
MOST_APPLICATIONS = 2_000
#: A list is at most so large (20 MB).
MOST_LIST_BYTES = 20 * 1024 * 1024
#: Most characters of an application's own number, and of the name of its system.
MOST_NUMBER = 100

CHANGED = "確かめた後でファイルか対応表が変わっています。もう一度内容を確かめてください。ここまでに取り込んだ分はそのまま残っています。"
FILE_CHANGED = "確かめた後で添付ファイルが変わっています。もう一度内容を確かめてください。"
NO_CASE = "ケース番号も宛名番号もありません。世帯を選んでください。"
NOT_FOUND = "この番号の世帯が見つかりません。世帯を選んでください。"
NOT_ONE = "ケース番号と宛名番号の世帯が違います。世帯を選んでください。"
NO_NUMBER = "受付番号がありません。"
DOUBLED = "同じ受付番号の申請がこのファイルにもう一つあります。"
NO_KIND = "様式がありません。"
NO_FILE = "がフォルダーに見つかりません。"
OUTSIDE = (
    "は、フォルダーの外か下のフォルダーを指しています。同じフォルダーのファイルだけを取り込めます。"
)
ALREADY_THERE = "この書類は先に受け取られています。最新の状態を確認してください。"
STOPPED_BEFORE = "中止したため、取り込んでいません。"
TRAINING_ONLY = "研修用の事務所には、研修用の事務所が書き出した電子申請だけを取り込めます（研修用の印がありません）。"
NOT_REAL = "これは研修用の電子申請です。本番の福祉事務所には取り込めません。"
INDIVIDUAL_NUMBER = (
    "個人番号（マイナンバー）とみられる番号があります。この番号を除いて書き出し直してください。"
)


class ApplicationColumn(StrEnum):
    """What is known of an application; the values are our own names of the columns."""

    NUMBER = "受付番号"
    CASE_NUMBER = "ケース番号"
    PERSON_NUMBER = "宛名番号"
    FORM = "様式"
    FROM_WHOM = "提出者"
    SENT_ON = "送信日"
    SHEETS = "枚数"
    NOTE = "備考"
    FILES = "ファイル"


class ListFormat(StrEnum):
    """How an export writes its list."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationMapping:
    """How the list of one system is read.

    `source` is the short name under which numbers are unique. `columns`: our column → accepted headers (CSV) or paths
    of keys with dots (JSON). `items` is the path of the list in JSON, "" where it is the whole. `kinds`: the form as the
    export names it, folded → kind of paper. `separator` parts the names of files in a cell.
    """

    name: str
    source: str
    format: ListFormat
    encoding: str
    delimiter: str
    separator: str
    items: str
    columns: Mapping[ApplicationColumn, tuple[str, ...]]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application as the list has it. `place` is its line or its position in the list, `faults` what cannot be read."""

    place: int
    number: str
    case_number: str = ""
    person_number: str = ""
    form: str = ""
    from_whom: str = field(default="", repr=False)
    sent_on: date | None = None
    sheets: int = 1
    note: str = field(default="", repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)
    faults: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationList:
    """A list that was read: SHA-256 of its bytes, and whether a training office wrote it."""

    sha256: str
    is_training: bool
    applications: tuple[Application, ...]


class Standing(StrEnum):
    """What would happen, or has happened, to an application."""

    NEW = "new"
    REST = "rest"
    TAKEN = "taken"
    NO_HOUSEHOLD = "no_household"
    UNKNOWN_FORM = "unknown_form"
    NO_FILE = "no_file"
    REFUSED_FILE = "refused_file"
    FAULTY = "faulty"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


STANDING: Mapping[Standing, str] = {
    Standing.NEW: "取り込みます",
    Standing.REST: "残りを取り込みます",
    Standing.TAKEN: "取込済み",
    Standing.NO_HOUSEHOLD: "世帯が不明",
    Standing.UNKNOWN_FORM: "様式が不明",
    Standing.NO_FILE: "ファイルがない",
    Standing.REFUSED_FILE: "添付できないファイル",
    Standing.FAULTY: "内容の誤り",
    Standing.DONE: "取り込みました",
    Standing.FAILED: "取り込めませんでした",
    Standing.STOPPED: "中止",
}
#: Those that are taken in when somebody confirms.
READY = frozenset({Standing.NEW, Standing.REST})
#: Those with which nothing is left to do.
SETTLED = frozenset({Standing.TAKEN, Standing.DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedFile:
    """A file that was looked into: what was found is what is attached, or nothing."""

    name: str = field(repr=False)
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """An application and how it stands. `head_name` is "" where it is not for the reader; `label` is the paper's number.

    `household_id` is the one found by numbers or chosen by a person (`is_chosen`).
    """

    application: Application
    standing: Standing
    sentence: str = field(default="", repr=False)
    household_id: UUID | None = None
    case_number: str = ""
    head_name: str = field(default="", repr=False)
    is_chosen: bool = False
    kind: str = ""
    kind_label: str = ""
    files: tuple[LookedFile, ...] = ()
    label: str = ""

    @property
    def place(self) -> int:
        """Its place in the list: its key within one export."""
        return self.application.place


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReport:
    """What a list holds and what would become of it, or became of it (`applied`)."""

    path: Path = field(repr=False)
    mapping: Path = field(repr=False)
    digest: str
    source: str
    is_training: bool
    applied: bool
    lines: tuple[ApplicationLine, ...]

    def count(self, *standings: Standing) -> int:
        """How many stand so."""
        return sum(line.standing in standings for line in self.lines)

    @property
    def left(self) -> tuple[ApplicationLine, ...]:
        """Those that are not taken in."""
        return tuple(line for line in self.lines if line.standing not in SETTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApplication:
    """An application that was taken in before: its paper, and the files that the paper has."""

    paper_id: UUID
    label: str
    attachment_ids: frozenset[UUID]


def note_of(application: Application, source_label: str) -> str:
    """The note of the paper: where it came from and under which number, then what the sender wrote."""
    sent = f"、{application.sent_on:%Y-%m-%d}送信" if application.sent_on else ""
    head = f"電子申請（{source_label}）受付番号 {application.number}{sent}"
    return f"{head}\n{application.note}" if application.note else head


def half_done(label: str, sentence: str) -> str:
    """What is said where the paper is in and files are not."""
    return f"受領番号 {label} で受け取りましたが、添付が残っています（もう一度取り込むと続きます）。{sentence}"


def too_long(application: Application, source_label: str) -> bool:
    """Whether the words of an application have no room in a paper."""
    is_long = len(note_of(application, source_label)) > MOST_NOTE
    return is_long or len(application.from_whom) > MOST_FROM_WHOM


def is_plain_name(name: str) -> bool:
    """Whether a name of a file stays in its folder: no folders, drives, streams or signs that control."""
    return (
        bool(name)
        and name.isprintable()
        and name not in {".", ".."}
        and not set(name) & set("/\\:")
    )
