"""The file of a package of cards: a zip with `manifest.json`, `manifest.sig` and `<folder>/<key>.md`.

The manifest names every file with its SHA-256; the signature is Ed25519 over a mark of this format and the manifest's bytes. Nothing
of a file is believed before the signature was verified with a key that the office trusts; sizes and names are judged even before that.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.domain import help_packages as packages
from desktop.domain.card_files import CardError
from desktop.domain.errors import UserError
from desktop.domain.help_cards import CardKind, HelpCard, read_card
from desktop.domain.help_packages import HelpKey, HelpPackage, fingerprint_of
from desktop.domain.help_pages import unsafe_sentence
from desktop.domain.rule_changes import RuleChange, read_change

FORMAT = 1
_MARK = b"BANSO-HELP-PACKAGE 1\n"
_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"
_SIGNATURE_BYTES, _MOST_MANIFEST = 64, 200_000
_CARD = re.compile(r"([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
#: What reading bytes that are no package raises.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError, KeyError, TypeError),
)


def read_package(data: bytes, keys: Sequence[HelpKey]) -> HelpPackage:
    """The package in these bytes. Raises UserError with a sentence where it is not whole, not signed or not trusted."""
    if len(data) > packages.MOST_FILE:
        raise UserError(packages.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _files(archive)
        manifest, key = _manifest(files, keys)
        return _package(manifest, files, key)
    except _BROKEN as error:
        raise UserError(packages.NO_PACKAGE) from error


def pack(folder: Path, about: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The bytes of a package of the cards beneath a folder, signed. Raises UserError where they would be refused."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    public = key.public_key().public_bytes_raw()
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    told = {**about, "format": FORMAT, "key": fingerprint_of(public), "files": hashes}
    manifest = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
    stored = {_MANIFEST: manifest, _SIGNATURE: key.sign(_MARK + manifest), **files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in stored.items():
            # Of a fixed day: the same cards give the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    data = out.getvalue()
    own = HelpKey(label="", fingerprint=fingerprint_of(public), public_key=public)
    read_package(data, [own])
    return data


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file of the zip by its name; judged by names and sizes before a byte is unpacked, and again while unpacking."""
    entries = archive.infolist()
    if (
        len(entries) > packages.MOST_FILES
        or sum(e.file_size for e in entries) > packages.MOST_CARDS
    ):
        raise UserError(packages.TOO_LARGE)
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if name in seen:
            raise UserError(packages.TWICE.format(name=_said(name)))
        seen.add(name)
        if not _is_plain(entry) or (name not in (_MANIFEST, _SIGNATURE) and not _folder(name)):
            raise UserError(packages.BAD_NAME.format(name=_said(name)))
    return {entry.orig_filename: _content(archive, entry) for entry in entries}


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """An ordinary file: no folder, no symbolic link, not encrypted, and packed in one of the two usual ways."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    is_usual = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return kind in (0, stat.S_IFREG) and is_usual and not entry.flag_bits & 1


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    most = _MOST_MANIFEST if entry.orig_filename == _MANIFEST else packages.MOST_CARD
    if entry.file_size > most:
        raise UserError(packages.TOO_LARGE)
    with archive.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise UserError(packages.TOO_LARGE)
    return content


def _folder(name: str) -> str:
    """The folder of a card or a change under its name; "" where none may lie there."""
    found = _CARD.fullmatch(name)
    return found[1] if found and found[1] in packages.PACKAGE_FOLDERS else ""


def _manifest(
    files: Mapping[str, bytes], keys: Sequence[HelpKey]
) -> tuple[dict[str, Any], HelpKey]:
    """The manifest, once its signature was verified, and the key that signed it."""
    if _MANIFEST not in files:
        raise UserError(packages.NO_PACKAGE)
    signature = files.get(_SIGNATURE, b"")
    if len(signature) != _SIGNATURE_BYTES:
        raise UserError(packages.UNSIGNED)
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key.public_key).verify(
                signature, _MARK + files[_MANIFEST]
            )
        except InvalidSignature:
            continue
        manifest: dict[str, Any] = json.loads(files[_MANIFEST])
        if manifest["format"] != FORMAT:
            raise UserError(packages.NO_PACKAGE)
        return manifest, key
    claimed = str(json.loads(files[_MANIFEST])["key"])[:40]
    if any(key.fingerprint == claimed for key in keys):
        raise UserError(packages.TAMPERED)
    raise UserError(packages.UNKNOWN_KEY.format(fingerprint=_said(claimed)))


def _package(manifest: dict[str, Any], files: Mapping[str, bytes], key: HelpKey) -> HelpPackage:
    hashes = dict(manifest["files"])
    texts = {name: content for name, content in files.items() if _folder(name)}
    for name in sorted(hashes.keys() ^ texts.keys()):
        raise UserError(packages.NOT_LISTED.format(name=_said(name)))
    for name, content in texts.items():
        if hashlib.sha256(content).hexdigest() != hashes[name]:
            raise UserError(packages.CHANGED_FILE.format(name=name))
    number = manifest["number"]
    if type(number) is not int or not 1 <= number <= 2_000_000_000:  # noqa: PLR2004 - as the table holds it
        raise UserError(packages.NO_PACKAGE)
    read = [_read(name, content) for name, content in texts.items()]
    cards = tuple(each for each in read if isinstance(each, HelpCard))
    keys = [card.key for card in cards]
    for twice in sorted({name for name in keys if keys.count(name) > 1}):
        raise UserError(packages.TWICE.format(name=twice))
    return HelpPackage(
        number=number,
        title=_line(manifest["title"]),
        issuer=_line(manifest["issuer"]),
        issued_on=date.fromisoformat(manifest["issued_on"]),
        fingerprint=key.fingerprint,
        withdrawn=tuple(str(name) for name in manifest.get("withdrawn", ())),
        cards=cards,
        changes=tuple(each for each in read if isinstance(each, RuleChange)),
    )


def _read(name: str, content: bytes) -> HelpCard | RuleChange:
    """A card or a change with nothing in it that the help does not show."""
    key, folder = Path(name).stem, _folder(name)
    try:
        text = content.decode("utf-8")
        is_change = folder == packages.CHANGES_FOLDER
        found = read_change(key, text) if is_change else read_card(CardKind(folder), key, text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            packages.BAD_CARD.format(name=name, line=line, sentence="UTF-8の文字ではありません。")
        ) from None
    except CardError as error:
        raise UserError(
            packages.BAD_CARD.format(name=name, line=error.line, sentence=error.sentence)
        ) from None
    unsafe = unsafe_sentence(_shown(found))
    if unsafe:
        raise UserError(f"{name}の本文の{unsafe}")
    return found


def _shown(found: HelpCard | RuleChange) -> str:
    """The text that is drawn as Markdown."""
    if isinstance(found, HelpCard):
        return found.text
    return "\n".join((found.text, *(words for pair in found.faq for words in pair)))


def _line(text: object) -> str:
    """A line of the manifest that stands on the screen."""
    if not isinstance(text, str) or not text.strip() or len(text) > 100 or not text.isprintable():  # noqa: PLR2004
        raise ValueError("no line of text")
    return text


def _said(name: str) -> str:
    """A name out of a strange file, harmless in a sentence."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:60])
