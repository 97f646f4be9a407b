"""Packages of cards of the help that an office imports (手引の更新): what is in one, and what is said where one is refused."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.help_cards import FILE_KINDS, HelpCard
from desktop.domain.rule_changes import RuleChange

#: The folder of changes of the rules (改正), beside those of cards.
CHANGES_FOLDER = "changes"
#: Folders that a package may have. Whoever teaches the program a further kind of file adds its folder here.
PACKAGE_FOLDERS = (*(kind.value for kind in FILE_KINDS), CHANGES_FOLDER)
#: Bytes of the file, of one card, of all cards unpacked; and files in it.
MOST_FILE, MOST_CARD, MOST_CARDS, MOST_FILES = 1_000_000, 32_000, 4_000_000, 500

_KEY_BYTES, _FINGERPRINT_CHARACTERS, _GROUP = 32, 24, 4

NO_PACKAGE = "手引の更新のファイルではないか、壊れています。発行者から受け取り直してください。"
TOO_LARGE = "ファイルが大きすぎます。手引の更新ではありません。"
UNSIGNED = "署名がありません。取り込みません。発行者に確かめてください。"
UNKNOWN_KEY = (
    "知らない鍵（指紋 {fingerprint}）で署名されています。発行者に指紋を確かめ、設定値「手引の更新の鍵」に入れて"
    "承認を受けてから取り込んでください。"
)
TAMPERED = "署名が合いません。途中で書き替えられています。取り込まずに、発行者に知らせてください。"
CHANGED_FILE = (
    "{name}が署名のときと違います。書き替えられています。取り込まずに、発行者に知らせてください。"
)
BAD_NAME = "{name}という名前のファイルは手引の更新にはありません。取り込みません。"
TWICE = "{name}が二つあります。取り込みません。"
NOT_LISTED = "目録とファイルが合いません（{name}）。取り込みません。"
BAD_CARD = "{name}の{line}行目：{sentence}"
OLDER = "第{number}号は、取り込まれている第{standing}号より新しくありません。新しいものを受け取ってください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpKey:
    """A key whose signature the office trusts (設定値「手引の更新の鍵」): 32 bytes of Ed25519."""

    label: str
    fingerprint: str
    public_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPackage:
    """What a package says: its number grows from issue to issue; `withdrawn` are keys of cards and changes that are no more."""

    number: int
    title: str
    issuer: str
    issued_on: date
    fingerprint: str
    withdrawn: tuple[str, ...]
    cards: tuple[HelpCard, ...]
    changes: tuple[RuleChange, ...] = ()

    @property
    def origin(self) -> str:
        """Whose word its cards are, as it stands beneath them."""
        return f"手引の更新　第{self.number}号「{self.title}」（{self.issuer}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePreview:
    """A package that was read and found good: its file, what would become of the cards that stand, and its changes of the rules."""

    file_name: str
    data: bytes = field(repr=False)
    package: HelpPackage
    key_label: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPackage:
    """A package that was imported at some time, and who took it back when and why."""

    package_id: UUID
    number: int
    title: str
    issuer: str
    issued_on: date
    fingerprint: str
    imported_by: str = field(repr=False)
    imported_at: datetime
    returned_by: str = field(default="", repr=False)
    returned_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageState:
    """What the office has: the keys it trusts, everything imported (the newest first), and which of it is in the help.

    `fault` says why the newest one is not in the help though nobody took it back.
    """

    keys: tuple[HelpKey, ...]
    imported: tuple[ImportedPackage, ...]
    in_force: UUID | None
    fault: str


def fingerprint_of(public_key: bytes) -> str:
    """What people compare of a key: the first 96 bits of its SHA-256 in groups of four."""
    digits = hashlib.sha256(public_key).hexdigest()[:_FINGERPRINT_CHARACTERS]
    return "-".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def written_key(public_key: bytes) -> str:
    """A key as it is entered in the settings."""
    return base64.b64encode(public_key).decode()


def key_from(label: str, fingerprint: str, written: str) -> HelpKey | None:
    """The key of a row of 手引の更新の鍵; None where it is no key or not the one that the fingerprint names."""
    public_key = key_bytes(written)
    if public_key is None or fingerprint_of(public_key) != fingerprint:
        return None
    return HelpKey(label=label, fingerprint=fingerprint, public_key=public_key)


def key_bytes(written: str) -> bytes | None:
    """The bytes of a key as it is entered in the settings; None where it is none."""
    try:
        public_key = base64.b64decode(written.strip(), validate=True)
    except ValueError:
        return None
    return public_key if len(public_key) == _KEY_BYTES else None


def key_error(fingerprint: str, written: str) -> str:
    """What is wrong with a key that is to be trusted, "" if nothing."""
    public_key = key_bytes(written)
    if public_key is None:
        return "公開鍵ではありません。発行者から受け取った44文字を、そのまま入れてください。"
    if fingerprint_of(public_key) != fingerprint:
        return f"この公開鍵の指紋は {fingerprint_of(public_key)} です。発行者から聞いた指紋と同じときだけ、それをキーに入れてください。"
    return ""
