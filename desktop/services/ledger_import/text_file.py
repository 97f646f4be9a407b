"""A file as lines of text, read twice in bounded memory: once to know what it is, once to take it in."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import UserError

#: No ledger has longer lines; what is longer is no table, or has lost its line ends.
LONGEST_LINE = 65_536
_UTF8_MARK = codecs.BOM_UTF8
_ENCODING_LABELS = {"utf-8": "UTF-8", "cp932": "Shift_JIS（CP932）"}
_FOREIGN = (
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"BM", "画像"),
    (b"II*\x00", "画像"),
    (b"MM\x00*", "画像"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Excelのブックまたは圧縮ファイル"),
    (b"\xd0\xcf\x11\xe0", "Excelのブック"),
    (codecs.BOM_UTF16_LE, "UTF-16の文書"),
    (codecs.BOM_UTF16_BE, "UTF-16の文書"),
)
_BITMAP_HEADER = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """What the first reading found: encoding, number of physical lines, SHA-256 of the bytes."""

    path: Path
    encoding: str
    lines: int
    sha256: str

    @property
    def encoding_label(self) -> str:
        """The encoding as people name it."""
        return _ENCODING_LABELS[self.encoding]

    def read(self) -> Iterator[str]:
        """Yield the lines again. Raises UserError when the file is no longer the one that was examined."""
        digest = hashlib.sha256()
        decode = codecs.getdecoder(self.encoding)
        with _opened(self.path) as file:
            for line in _lines(file, digest.update):
                try:
                    yield decode(line)[0]
                except UnicodeDecodeError:
                    raise UserError(_CHANGED) from None
        if digest.hexdigest() != self.sha256:
            raise UserError(_CHANGED)


_CHANGED = "読み込んでいる間にファイルが書き換えられました。書き出しが終わってから、もう一度取り込んでください。"


def examine(path: Path, encoding: str, ask: Callable[[], None]) -> TextFile:
    """Read the file once. `encoding` is "auto" or the one it must have; `ask` may raise to stop.

    Raises UserError for what is not a readable text file: folder, picture, NUL bytes, endless line, wrong encoding.
    """
    digest = hashlib.sha256()
    guess = _Guess(encoding)
    count = 0
    with _opened(path) as file:
        for count, line in enumerate(_lines(file, digest.update), start=1):
            guess.see(line, count)
            ask()
    if count == 0:
        raise UserError("ファイルが空です。書き出した台帳を指定してください。")
    return TextFile(path=path, encoding=guess.encoding(), lines=count, sha256=digest.hexdigest())


class _Guess:
    """Which of the allowed encodings all lines can be read in."""

    def __init__(self, encoding: str) -> None:
        wanted = ("utf-8", "cp932") if encoding == "auto" else (encoding,)
        self._decoders = {name: codecs.getdecoder(name) for name in wanted}
        self._first_bad: dict[str, int] = {}

    def see(self, line: bytes, number: int) -> None:
        for name, decode in self._decoders.items():
            if name in self._first_bad:
                continue
            try:
                decode(line)
            except UnicodeDecodeError:
                self._first_bad[name] = number
                if len(self._first_bad) == len(self._decoders):
                    raise UserError(self._sentence()) from None

    def encoding(self) -> str:
        """UTF-8 before CP932: text that is valid UTF-8 by chance does not occur."""
        return next(name for name in self._decoders if name not in self._first_bad)

    def _sentence(self) -> str:
        line = max(self._first_bad.values())
        names = "または".join(_ENCODING_LABELS[name] for name in self._decoders)
        return f"{line}行目に{names}として読めない文字があります。文字コードを確かめて、書き出し直してください。"


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise UserError("フォルダーが指定されました。台帳のファイルを指定してください。")
        if not path.exists():
            raise UserError("ファイルが見つかりません。場所と名前を確かめてください。")
        if not path.is_file():
            raise UserError("ふつうのファイルではありません。台帳のファイルを指定してください。")
        return path.open("rb")
    except (OSError, ValueError):
        raise UserError(
            "ファイルを開けません。ほかのプログラムで開いていないか、読む権限があるかを確かめてください。"
        ) from None


def _lines(file: BinaryIO, seen: Callable[[bytes], object]) -> Iterator[bytes]:
    number = 0
    while line := _next_line(file):
        number += 1
        seen(line)
        if number == 1:
            _refuse_foreign(line)
            line = line.removeprefix(_UTF8_MARK)
        if len(line) > LONGEST_LINE:
            raise UserError(
                f"{number}行目が長すぎます（{LONGEST_LINE // 1024}KBまで）。台帳のファイルではないか、改行が失われています。"
            )
        if b"\0" in line:
            raise UserError(
                f"{number}行目に文字ではないデータ（NUL）があります。台帳のCSVを書き出し直してください。"
            )
        yield line


def _next_line(file: BinaryIO) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except OSError:
        raise UserError("ファイルを読み取れませんでした。もう一度取り込んでください。") from None


def _refuse_foreign(start: bytes) -> None:
    for sign, what in _FOREIGN:
        is_word = sign == b"BM" and b"\0" not in start[:_BITMAP_HEADER]
        if start.startswith(sign) and not is_word:
            raise UserError(f"これは{what}です。台帳はCSVで書き出してください。")
