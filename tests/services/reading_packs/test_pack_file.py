"""The file of a reading pack: what goes in comes out, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain import reading_packs as packs
from desktop.domain.clock import FixedClock
from desktop.domain.errors import ConflictError, UserError
from desktop.services.reading_packs import pack_file
from desktop.services.reading_packs.opening import ExpiredError, PackOpening, delete_known
from desktop.services.reading_packs.pack_file import MAGIC, USUAL, seal, unseal
from tests.support.desk import CHEAP, later
from tests.support.factories import CLOCK
from tests.support.reading_packs import PASSPHRASE, a_pack, a_pack_file


def changed(data: bytes, **values: object) -> bytes:
    """The same file with other values in its header, as somebody would forge it."""
    start = len(MAGIC) + 4
    end = start + int.from_bytes(data[len(MAGIC) : start], "big")
    head = json.loads(data[start:end]) | values
    raw = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + len(raw).to_bytes(4, "big") + raw + data[end:]


def test_what_goes_in_comes_out_with_the_usual_cost():
    pack = a_pack()
    data = seal(pack, PASSPHRASE)
    assert unseal(data, PASSPHRASE) == pack
    assert pack_file.header_of(data) == pack.header
    assert (USUAL.n, USUAL.r, USUAL.p) == (2**17, 8, 1)


def test_nobody_reads_a_household_in_the_file():
    data = seal(a_pack(), PASSPHRASE, CHEAP)
    for word in ("架空 花子", "0123", "領収書", PASSPHRASE):
        assert word.encode() not in data


def test_the_same_pack_is_never_the_same_file():
    assert seal(a_pack(), PASSPHRASE, CHEAP)[-40:] != seal(a_pack(), PASSPHRASE, CHEAP)[-40:]


def test_a_passphrase_is_the_same_however_it_is_composed():
    data = seal(a_pack(), "ガラスの靴と見本の鍵", CHEAP)
    assert unseal(data, "カ\u3099ラスの靴と見本の鍵").sheets


def test_another_passphrase_does_not_open():
    with pytest.raises(UserError, match="合言葉が違うか"):
        unseal(seal(a_pack(), PASSPHRASE, CHEAP), PASSPHRASE + "。")


def test_every_flipped_byte_is_refused():
    data = seal(a_pack(), PASSPHRASE, CHEAP)
    for place in range(len(data)):
        for bit in (0x01, 0x80):
            flipped = bytearray(data)
            flipped[place] ^= bit
            with pytest.raises(UserError):
                unseal(bytes(flipped), PASSPHRASE)


def test_every_shorter_or_longer_file_is_refused():
    data = seal(a_pack(), PASSPHRASE, CHEAP)
    for wrong in (*(data[:end] for end in range(len(data))), data + b"\0"):
        with pytest.raises(UserError):
            unseal(wrong, PASSPHRASE)


@pytest.mark.parametrize(
    ("forged", "sentence"),
    [
        ({"expires_at": "2099-01-01T00:00:00+00:00"}, packs.WRONG_OR_CHANGED),
        ({"label": "持6-0002"}, packs.WRONG_OR_CHANGED),
        ({"office": "別の事務所"}, packs.WRONG_OR_CHANGED),
        ({"idle_minutes": 999}, packs.WRONG_OR_CHANGED),
        ({"version": 2}, packs.NEWER),
        ({"version": 0}, packs.FOREIGN),
        ({"version": "1"}, packs.FOREIGN),
        ({"cipher": "none"}, packs.FOREIGN),
        ({"kdf": "none"}, packs.FOREIGN),
        ({"n": 2**30}, packs.FOREIGN),
        ({"n": 3}, packs.FOREIGN),
        ({"r": 10**6}, packs.FOREIGN),
        ({"p": 0}, packs.FOREIGN),
        ({"salt": ""}, packs.FOREIGN),
        ({"nonce": "zz"}, packs.FOREIGN),
        ({"expires_at": "2099-01-01T00:00:00"}, packs.FOREIGN),
        ({"carry_out_id": 7}, packs.FOREIGN),
    ],
    ids=str,
)
def test_a_forged_header_is_refused_in_one_sentence(forged, sentence):
    with pytest.raises(UserError) as refused:
        unseal(changed(seal(a_pack(), PASSPHRASE, CHEAP), **forged), PASSPHRASE)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", MAGIC, MAGIC + b"\xff" * 40, MAGIC + b"\0\0\x0f\xa0" + b"[" * 4100]
)
def test_what_is_no_pack_is_refused(data):
    with pytest.raises(UserError, match="閲覧パックではない"):
        unseal(data, PASSPHRASE)


@pytest.mark.parametrize("seconds", [0, 1, 86_400])
def test_what_is_over_opens_no_more(tmp_path, seconds):
    path = a_pack_file(tmp_path)
    over = FixedClock(a_pack().header.expires_at + timedelta(seconds=seconds))
    for ask in (lambda o: o.look(path), lambda o: o.open(path, PASSPHRASE)):
        with pytest.raises(ExpiredError, match="期限が過ぎた"):
            ask(PackOpening(over))
    PackOpening(over).delete(path)
    assert not path.exists()


def test_until_then_it_opens_and_nothing_is_left_on_disk(tmp_path):
    path = a_pack_file(tmp_path)
    last = FixedClock(a_pack().header.expires_at - timedelta(seconds=1))
    pack = PackOpening(last).open(path, PASSPHRASE)
    assert [sheet.head_name for sheet in pack.sheets] == ["架空 花子", "見本 太郎"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_clock_set_back_is_noticed(tmp_path):
    path = a_pack_file(tmp_path)
    with pytest.raises(UserError, match="時計"):
        PackOpening(later(CLOCK, days=-1)).open(path, PASSPHRASE)
    assert PackOpening(later(CLOCK, minutes=-5)).open(path, PASSPHRASE).sheets


def test_only_packs_are_deleted(tmp_path):
    other = tmp_path / "見本.txt"
    other.write_text("残すもの", encoding="utf-8")
    with pytest.raises(UserError):
        PackOpening(CLOCK).delete(other)
    with pytest.raises(UserError, match="読めません"):
        PackOpening(CLOCK).open(tmp_path / "ない", PASSPHRASE)
    path = a_pack_file(tmp_path)
    with pytest.raises(ConflictError, match="消していません"):
        delete_known(path, "0" * 64)
    assert other.exists()
    assert path.exists()


def test_neither_words_nor_passphrase_are_told_by_a_repr():
    pack = replace(a_pack())
    given = packs.PackInput(carry_out_id=pack.header.carry_out_id, version=1, passphrase=PASSPHRASE)
    assert "架空 花子" not in repr(pack)
    assert "架空 花子" not in repr(pack.sheets)
    assert PASSPHRASE not in repr(given)


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [("", False), ("短い合言葉", False), ("あ" * 12, True), ("あ" * 201, False)],
)
def test_a_passphrase_has_a_least_length(typed, is_taken):
    assert (packs.passphrase_error(typed) == "") is is_taken
