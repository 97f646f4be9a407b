"""The file of a reading pack: a header in the open, authenticated, and the sheets encrypted.

    BANSOPACK and a line feed | length of the header, 4 bytes | header, JSON | AES-256-GCM of the sheets, JSON, with its tag

The key comes from the passphrase by scrypt, whose salt and cost stand in the header; everything before the encrypted part is
its associated data, so that no byte of the file changes unnoticed. Both come from `cryptography`; nothing here is made up.
"""

from __future__ import annotations

import json
import secrets
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desktop.domain import reading_packs as packs
from desktop.domain.errors import UserError
from desktop.domain.reading_packs import (
    PackGroup,
    PackHeader,
    PackLine,
    PackSheet,
    ReadingPack,
    normal,
)

VERSION = 1
MAGIC = b"BANSOPACK\n"
MOST_BYTES = 20_000_000
_LENGTH = struct.Struct(">I")
_START = len(MAGIC) + _LENGTH.size
_MOST_HEADER = 4_000
_KEY, _SALT, _NONCE, _TAG = 32, 16, 12, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCost:
    """What finding a key costs (scrypt): with the usual values 128 MiB and some tenths of a second for each guess."""

    n: int = 2**17
    r: int = 8
    p: int = 1

    def is_sane(self) -> bool:
        """Whether this program computes it: a forged header must not take all memory."""
        power = self.n.bit_count() == 1
        return power and 2 <= self.n <= 2**18 and 1 <= self.r <= 8 and 1 <= self.p <= 4  # noqa: PLR2004 - bounds of memory and time


USUAL = KeyCost()


def seal(pack: ReadingPack, passphrase: str, cost: KeyCost = USUAL) -> bytes:
    """The bytes of a pack's file."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    head = _canonical(
        {
            "version": VERSION,
            "cipher": "AES-256-GCM",
            "kdf": "scrypt",
            "n": cost.n,
            "r": cost.r,
            "p": cost.p,
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            **_header_out(pack.header),
        }
    )
    before = MAGIC + _LENGTH.pack(len(head)) + head
    sheets = _canonical({"version": VERSION, "sheets": [_sheet_out(s) for s in pack.sheets]})
    return before + AESGCM(_key(passphrase, salt, cost)).encrypt(nonce, sheets, before)


def header_of(data: bytes) -> PackHeader:
    """What stands on the file in the open; believed only once the pack was opened. Raises UserError where it is no pack."""
    return _header_in(_head(data)[0])


def unseal(data: bytes, passphrase: str) -> ReadingPack:
    """Open the bytes of a pack's file. Raises UserError: no pack, a newer one, a wrong passphrase or a changed file."""
    head, end = _head(data)
    header = _header_in(head)
    try:
        cost = KeyCost(**{name: _integer(head[name]) for name in ("n", "r", "p")})
        salt, nonce = bytes.fromhex(head["salt"]), bytes.fromhex(head["nonce"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(packs.FOREIGN) from error
    if not cost.is_sane() or (len(salt), len(nonce)) != (_SALT, _NONCE):
        raise UserError(packs.FOREIGN)
    try:
        plain = AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, data[end:], data[:end])
    except InvalidTag as error:
        raise UserError(packs.WRONG_OR_CHANGED) from error
    try:
        sheets = tuple(_sheet_in(row) for row in json.loads(plain)["sheets"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(packs.FOREIGN) from error
    return ReadingPack(header=header, sheets=sheets)


def _head(data: bytes) -> tuple[dict[str, Any], int]:
    """The header's table, and where the encrypted part begins."""
    if not data.startswith(MAGIC) or len(data) < _START or len(data) > MOST_BYTES:
        raise UserError(packs.FOREIGN)
    (length,) = _LENGTH.unpack_from(data, len(MAGIC))
    end = _START + length
    if length > _MOST_HEADER or len(data) < end + _TAG:
        raise UserError(packs.FOREIGN)
    try:
        head = json.loads(data[_START:end])
        version = _integer(head["version"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UserError(packs.FOREIGN) from error
    if version > VERSION:
        raise UserError(packs.NEWER)
    if (version, head.get("cipher"), head.get("kdf")) != (VERSION, "AES-256-GCM", "scrypt"):
        raise UserError(packs.FOREIGN)
    return head, end


def _key(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    kdf = Scrypt(salt=salt, length=_KEY, n=cost.n, r=cost.r, p=cost.p)
    return kdf.derive(normal(passphrase).encode())


def _canonical(value: object) -> bytes:
    """Equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("no integer")
    return value


def _header_out(header: PackHeader) -> dict[str, object]:
    return {
        "label": header.label,
        "office": header.office,
        "carry_out_id": str(header.carry_out_id),
        "made_at": header.made_at.isoformat(),
        "expires_at": header.expires_at.isoformat(),
        "households": header.households,
        "idle_minutes": header.idle_minutes,
    }


def _header_in(head: dict[str, Any]) -> PackHeader:
    try:
        return PackHeader(
            label=str(head["label"]),
            office=str(head["office"]),
            carry_out_id=UUID(head["carry_out_id"]),
            made_at=_instant(head["made_at"]),
            expires_at=_instant(head["expires_at"]),
            households=_integer(head["households"]),
            idle_minutes=_integer(head["idle_minutes"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(packs.FOREIGN) from error


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant without a zone")
    return at


def _sheet_out(sheet: PackSheet) -> dict[str, object]:
    return {
        "case_number": sheet.case_number,
        "head_name": sheet.head_name,
        "groups": [
            {"title": g.title, "lines": [{"text": x.text, "tone": x.tone} for x in g.lines]}
            for g in sheet.groups
        ],
    }


def _sheet_in(row: dict[str, Any]) -> PackSheet:
    return PackSheet(
        case_number=str(row["case_number"]),
        head_name=str(row["head_name"]),
        groups=tuple(
            PackGroup(
                title=str(group["title"]),
                lines=tuple(
                    PackLine(text=str(x["text"]), tone=str(x["tone"])) for x in group["lines"]
                ),
            )
            for group in row["groups"]
        ),
    )
