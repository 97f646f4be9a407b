"""A reading pack (閲覧パック): an approved, encrypted, expiring file of named households to be read away from the office.

It is a trip like any other (`carry_outs.py`): made, approved by a second person, out, back, confirmed as destroyed. What is
in the file are the words of a sheet for each household and nothing that could be written back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

#: The kind of the office's table 持出しの可否 that is such a file; not allowed there means off.
READING_PACK = "reading_pack"
#: Name of the file: the number of the register, and nobody's name.
PACK_SUFFIX = ".bansopack"
LEAST_PASSPHRASE = 12
MOST_PASSPHRASE = 200
#: A notebook's clock may be behind the server's by so much.
CLOCK_SLACK = timedelta(minutes=10)

ALONE = "閲覧パックは、ほかのものと別の持出しにしてください。"
ONE_FILE = "閲覧パックの枚数は1（ファイル一つ）です。"
NO_HOUSEHOLDS = "閲覧パックには、世帯を一つ以上選んでください。"
NO_EXPIRY = "閲覧パックの期限を入力してください。"
NOT_A_PACK = "期限は、閲覧パックの持出しにだけ入力します。"
SHIELDED = "支援措置の世帯は、設定値で認められていないため、閲覧パックに入れられません。"
OFF = "閲覧パックは、設定値で認められていません。"
ALREADY_OVER = "閲覧パックの期限が過ぎています。取りやめて、作り直してください。"
TOO_EARLY = "期限までが長すぎるため、まだ書き出せません。出発の近くになってから書き出してください。"
BY_FILE = "閲覧パックの持出しは、ファイルを書き出したときに持出中になります。"
NOT_READ = "閲覧パックに入れる世帯が開かれていません。もう一度書き出してください。"
NO_HASH = "閲覧パックのファイルの値が正しくありません。"
NOT_DESTROYED = (
    "閲覧パックは、ファイルを消したことを確かめ、「消した」を選んでから記録してください。"
)
OTHER_FILE = "選んだファイルは、この持出しの閲覧パックではありません。消していません。"
FILE_EXISTS = (
    "同じ名前のファイルがあります。別のフォルダーを選ぶか、前のファイルを確かめてください。"
)
NOT_WRITTEN = "このフォルダーには書き出せません。別のフォルダーを選んでください。"
WRITTEN_IN_PART = (
    "持出しは記録しましたが、ファイルを書き終えられませんでした。"
    "返却・廃棄を記録して終え、新しく作り直してください。"
)
NOT_DELETED = (
    "ファイルを消せませんでした。ほかで開いていないか確かめて、もう一度やり直してください。"
)
SHORT_PASSPHRASE = f"合言葉は{LEAST_PASSPHRASE}字以上にしてください。"
UNLIKE = "二度入力した合言葉が一致しません。"
NO_FILE = "閲覧パックのファイルが読めません。場所を確かめてください。"
FOREIGN = "このファイルは閲覧パックではないか、途中で欠けています。"
NEWER = (
    "このファイルは新しい版のプログラムで作られています。プログラムを更新してから開いてください。"
)
WRONG_OR_CHANGED = (
    "開けません。合言葉が違うか、ファイルが書き換えられています。合言葉を確かめてください。"
)
EXPIRED = "この閲覧パックは期限が過ぎたため、開けません。ファイルを消して、返却を記録してください。"
CLOCK_BEHIND = (
    "この端末の時計が、閲覧パックを作った時より前です。時計を合わせてから開いてください。"
)


def too_long(hours: int) -> str:
    """Why an expiry is refused."""
    return f"閲覧パックの期限は、出発から{hours}時間までにしてください。"


def too_many_in_pack(most: int) -> str:
    """Why so many households are refused."""
    return f"閲覧パックに入れられるのは{most}世帯までです。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRules:
    """The office's rules about packs: longest hours from leaving to expiry, most households, whether shielded ones may be in, after how many idle minutes an open pack closes."""

    most_hours: int
    most_households: int
    with_shielded: bool
    idle_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What the register knows of a pack: until when it opens, and once it is written, who wrote it when and the file's SHA-256."""

    expires_at: datetime
    sha256: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInput:
    """The own trip as it was shown, of which the file is written now. The passphrase is kept nowhere."""

    carry_out_id: UUID
    version: int
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One line to read; `tone` as screens have it."""

    text: str = field(repr=False)
    tone: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackGroup:
    """Lines under a heading."""

    title: str
    lines: tuple[PackLine, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSheet:
    """What is read of one household."""

    case_number: str
    head_name: str = field(repr=False)
    groups: tuple[PackGroup, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHeader:
    """What stands on the file in the open, and cannot be changed without its being noticed: number, office, instants, count."""

    label: str
    office: str
    carry_out_id: UUID
    made_at: datetime
    expires_at: datetime
    households: int
    idle_minutes: int

    def is_over(self, now: datetime) -> bool:
        """Whether it opens no more, by the clock of where it is read."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPack:
    """An opened pack."""

    header: PackHeader
    sheets: tuple[PackSheet, ...] = field(repr=False)


def pack_name(year: int, number: int) -> str:
    """Name of the file of a trip: its number alone, so that it tells nothing."""
    return f"trip-{year}-{number:04}{PACK_SUFFIX}"


def is_pack(kinds: Iterable[str]) -> bool:
    """Whether what goes out is a pack."""
    return READING_PACK in set(kinds)


def passphrase_error(passphrase: str) -> str:
    """Why a passphrase is refused; "" where it is taken."""
    typed = normal(passphrase)
    return "" if LEAST_PASSPHRASE <= len(typed) <= MOST_PASSPHRASE else SHORT_PASSPHRASE


def normal(passphrase: str) -> str:
    """The same passphrase however a keyboard composes it."""
    return unicodedata.normalize("NFKC", passphrase)
