"""移管連絡 (K-26): the letter that tells another welfare office of a household that moved there, and the slip that comes back.

Of a shielded household neither address nor notes stand on it, and the slip, which goes back by post, names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.transfer_forms import TransferLetter
from desktop.reports.blocks import (
    BarCode,
    Cell,
    Column,
    CutLine,
    Envelope,
    Grid,
    Heading,
    Letterhead,
    LongText,
    Note,
    Said,
    Space,
    Table,
    Title,
    Together,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block

_OFFICE = "御中"
_LABEL = 28.0
_WRITTEN = 9.0
_LINE = 4.8
#: Height of the slip: it is cut off in one piece.
_SLIP = 86.0


def _lay_out(letter: TransferLetter) -> Iterator[Block]:
    office = letter.destination
    yield Envelope(office.postal_code, office.address, office.name, _OFFICE)
    yield Letterhead(letter.written_on, f"第{letter.label}号")
    yield Title(has_office=False)
    yield Space(2)
    yield Said(_say(letter, "moved" if letter.has_moved else "will_move"))
    if letter.is_shielded:
        yield Said(_say(letter, "shielded"), bullet="※")
    yield Grid(list(_household(letter)), label_width=_LABEL)
    yield Space(3)
    yield Table(
        [Column("氏名", 3), Column("フリガナ", 3), Column("生年月日", 2.4), Column("続柄", 1.4)],
        [
            (member.name, member.kana, letter.imprint.day(member.born), member.relation)
            for member in letter.members
        ],
    )
    yield Space(3)
    yield _enclosures(letter)
    yield from _notes(letter)
    yield Space(3)
    yield Grid([[Cell("担当", _contact(letter)), Cell("電話", letter.phone)]], label_width=_LABEL)
    yield Together(_SLIP, list(_slip(letter)))


def _household(letter: TransferLetter) -> Iterator[list[Cell]]:
    day = letter.imprint.day
    yield [Cell("ケース番号", letter.case_number), Cell("世帯主", letter.head_name)]
    yield [Cell("転出日", day(letter.moved_on)), Cell("保護の状態", letter.state)]
    yield [Cell("保護開始日", day(letter.started_on)), Cell("世帯類型", letter.household_type)]
    yield [Cell("訪問格付", letter.grade), Cell("本人の同意", letter.consent)]
    if not letter.is_shielded:
        yield [Cell("台帳の住所", letter.address, height=9)]


def _enclosures(letter: TransferLetter) -> Block:
    """Check boxes, two in a line."""
    pairs = [letter.enclosures[n : n + 2] for n in range(0, len(letter.enclosures), 2)]
    text = "\n".join(map(checks, pairs))
    height = max(len(pairs), 1) * _LINE + 2
    return Grid([[Cell("同封するもの", text, height=height)]], label_width=_LABEL)


def _notes(letter: TransferLetter) -> Iterator[Block]:
    """What was agreed to be told; room for handwriting is none, since nothing may be told beside it."""
    if letter.notes is None:
        return
    said = (
        ("支援の必要", letter.notes.needs),
        ("安全の注意", letter.notes.dangers),
        ("本人との約束", letter.notes.agreed),
    )
    if any(text for _, text in said):
        yield Heading("引継事項")
        for label, text in said:
            yield LongText(label, text or "なし", label_width=_LABEL)


def _slip(letter: TransferLetter) -> Iterator[Block]:
    """The part that comes back: number and code say which household is meant."""
    yield Space(4)
    yield CutLine()
    yield Title(has_office=False, text="受領書")
    whose = "" if letter.is_shielded else letter.head_name
    yield Grid(
        [
            [Cell("番号", f"第{letter.label}号"), Cell("ケース番号", letter.case_number)],
            *([[Cell("世帯主", whose)]] if whose else []),
            [Cell("受領した日", height=_WRITTEN), Cell("職・氏名", height=_WRITTEN)],
            [Cell("福祉事務所", letter.destination.name, height=_WRITTEN)],
            [Cell("返送先", _return_address(letter), height=_WRITTEN)],
        ],
        label_width=_LABEL,
    )
    yield Note(_say(letter, "slip"))
    yield BarCode(letter.code)


def _contact(letter: TransferLetter) -> str:
    return "　".join(filter(None, (letter.contact, letter.caseworker)))


def _return_address(letter: TransferLetter) -> str:
    office = letter.returned_to
    code = f"〒{office.postal_code}" if office.postal_code else ""
    return "　".join(filter(None, (code, office.address, office.name)))


def _say(letter: TransferLetter, name: str) -> str:
    return letter.imprint.say(TRANSFER_LETTER.code, name, day=letter.imprint.day(letter.moved_on))


TRANSFER_LETTER: FormKind[TransferLetter] = FormKind(
    code="K-26",
    title="移管連絡",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda letter: letter.case_number,
)
