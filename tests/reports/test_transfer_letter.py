"""The letter of a transfer (K-26), and the slip that comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.transfer_forms import (
    MovedMember,
    TransferLetter,
    transfer_code,
    transfer_number_of,
)
from desktop.domain.transfers import TransferNotes, WelfareOffice
from desktop.reports.transfers.transfer_letter import TRANSFER_LETTER
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

ADDRESS = "架空県見本市例町9001番地2　見本荘101号室"


def member(name: str = "架空 花子", **changes) -> MovedMember:
    made = MovedMember(name=name, kana="カクウ ハナコ", born=date(1950, 4, 1), relation="世帯主")
    return replace(made, **changes)


def letter(**changes) -> TransferLetter:
    made = TransferLetter(
        imprint=make_imprint(),
        fiscal_year=2024,
        number=7,
        written_on=date(2024, 10, 1),
        destination=WelfareOffice(
            code="mihon",
            name="見本市福祉事務所",
            postal_code="0000001",
            address="架空県見本市見本町1番地",
        ),
        case_number="0001234",
        head_name="架空 花子",
        is_shielded=False,
        moved_on=date(2024, 9, 28),
        has_moved=True,
        address=ADDRESS,
        state="受給中",
        started_on=date(2020, 4, 1),
        household_type="高齢者",
        grade="C　年3回",
        members=(member(), member("架空 次郎", kana="カクウ ジロウ", relation="子")),
        caseworker="担当 見本",
        contact="地区担当",
        phone="000-000-0000",
        enclosures=(
            ("保護台帳の写し", True),
            ("保護決定調書の写し", True),
            ("ケース記録票の写し", True),
            ("援助方針記録票の写し", False),
            ("収入申告書・資産申告書の写し", False),
            ("医療要否意見書などの写し", False),
            ("本人の同意書の写し", True),
        ),
        notes=TransferNotes(
            needs="通院先が決まっていない。転入後、早めに面接してください。",
            dangers="",
            agreed="10月5日に本人が貴所の窓口へ行くと約束している。",
        ),
        consent="同意を得た",
        returned_to=WelfareOffice(
            code="own",
            name="架空市福祉事務所",
            postal_code="000-0002",
            address="架空県架空市本町1番地",
        ),
    )
    return replace(made, **changes)


def flat(made: TransferLetter, fonts) -> list[str]:
    return ["".join(text.split()) for text in page_texts(TRANSFER_LETTER.pdf(made, fonts).data)]


def test_a_letter_says_who_moved_what_goes_along_and_brings_a_slip(fonts):
    page = "".join(flat(letter(), fonts))
    for words in (
        *("見本市福祉事務所御中", "第6-0007号", "令和6年9月28日に貴所の管内へ転出しました"),
        *("架空花子", "カクウハナコ", "昭和25年4月1日", "C年3回", "令和2年4月1日"),
        *("■保護台帳の写し", "□援助方針記録票の写し", "10月5日に本人が貴所の窓口へ"),
        *("公印", "切り取り線", "受領書", "〒000-0002架空県架空市本町1番地架空市福祉事務所"),
        "262024000007",
    ):
        assert "".join(words.split()) in page, words


def test_a_move_to_come_is_said_as_such(fonts):
    page = flat(letter(moved_on=date(2024, 10, 20), has_moved=False), fonts)[0]
    assert "転出する予定です" in page
    assert "転出しました" not in page


def test_a_letter_of_a_shielded_household_tells_no_place_and_its_slip_nobody(fonts):
    made = letter(is_shielded=True, address="", notes=None)
    pages = flat(made, fonts)
    whole = "".join(pages)
    assert "支援措置の対象の世帯です" in whole
    assert "例町9001番地" not in whole
    assert "台帳の住所" not in whole
    assert "引継事項" not in whole.replace("住所と引継事項はこの書面に載せず", "")
    assert "架空花子" not in whole[whole.index("切り取り線") :]
    assert "架空花子" in whole


def test_an_ordinary_slip_names_the_household(fonts):
    whole = "".join(flat(letter(), fonts))
    assert "架空花子" in whole[whole.index("切り取り線") :]


@pytest.mark.parametrize("count", [1, 4, 6, 8, 40])
def test_every_member_stands_on_it_and_the_slip_is_in_one_piece(fonts, count):
    people = tuple(member(f"架空 {n}郎") for n in range(count))
    pages = flat(letter(members=people), fonts)
    whole = "".join(pages)
    assert all(f"架空{n}郎" in whole for n in range(count))
    assert "切り取り線" in pages[-1]
    assert "受領書" in pages[-1]
    assert "262024000007" in pages[-1]


def test_notes_of_any_length_are_never_cut(fonts):
    said = "".join(f"引継ぎ{n}番目。" for n in range(300))
    whole = "".join(flat(letter(notes=TransferNotes(needs=said)), fonts))
    assert whole.count("目。") == 300


def test_the_code_of_a_slip_is_read_again_and_is_no_papers():
    assert transfer_code(2024, 7) == "262024000007"
    assert transfer_number_of(" ２６2024000007") == (2024, 7)
    assert transfer_number_of("2024000007") is None
    assert transfer_number_of("6-0007") is None
