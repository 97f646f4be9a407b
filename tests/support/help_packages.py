"""Keys that an office trusts, and packages signed with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.help_cards import HelpCard
from desktop.domain.help_packages import fingerprint_of, written_key
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.models.masters import MasterValue
from desktop.services.help_cards import shipped_cards
from desktop.services.help_cards.package_file import pack
from tests.support.factories import CLOCK, LONG_AGO

#: Keys of nobody: made of bytes that anybody can read here.
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
CARD = """+++
title = "届出の義務（改）"
articles = ["法61条"]
where = ["section:declarations"]
words = ["申告"]
see = ["article-063"]
checked = true
+++
変わったら**すぐに**届け出ます。
"""
NEW_CARD = CARD.replace("届出の義務（改）", "新しい手引")
FILES: Mapping[str, str] = {
    "articles/article-061.md": CARD,
    "procedures/brand-new.md": NEW_CARD,
}


class ShippedHelp:
    """The help of an office that has nothing of its own."""

    def cards(self) -> tuple[HelpCard, ...]:
        """The shipped cards."""
        return shipped_cards()


def fingerprint(key: Ed25519PrivateKey = KEY) -> str:
    """What people compare of a test key."""
    return fingerprint_of(key.public_key().public_bytes_raw())


def trust(work: UnitOfWork, office_id: UUID, key: Ed25519PrivateKey = KEY) -> None:
    """Let the office trust a key, as approved settings do."""
    public = key.public_key().public_bytes_raw()
    with work() as session:
        session.add(
            MasterValue(
                id=new_id(),
                office_id=office_id,
                table_name=Master.HELP_KEYS,
                key=fingerprint_of(public),
                valid_from=LONG_AGO,
                value={"label": "架空県", "public_key": written_key(public), "note": ""},
                source="試験",
                confirmed=True,
                is_retired=False,
                is_seed=True,
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            )
        )


def package(
    folder: Path,
    files: Mapping[str, str] = FILES,
    *,
    number: int = 1,
    key: Ed25519PrivateKey = KEY,
    withdrawn: tuple[str, ...] = (),
) -> bytes:
    """A signed package of these files."""
    place = folder / str(new_id())
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8", newline="")
    about = {"number": number, "title": "試験の更新", "issuer": "架空県", "issued_on": "2024-04-01"}
    return pack(place, {**about, "withdrawn": list(withdrawn)}, key)


def repacked(
    data: bytes, change: Callable[[dict[str, bytes]], object], *more: tuple[zipfile.ZipInfo, bytes]
) -> bytes:
    """The same zip after somebody changed its files; `more` are written as they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for info, content in more:
            archive.writestr(info, content)
    return out.getvalue()
