from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.kana import (
    fold,
    fold_digits,
    has_variation_sequences,
    is_kana,
    prefix_range,
    sort_key,
    to_full_width_kana,
)
from desktop.domain.old_forms import EVERYDAY_FORMS

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("髙﨑　花子", "高崎花子"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("𠮷野", "吉野"),
        ("德田", "徳田"),
        ("廣澤", "広沢"),
        ("國府", "国府"),
        ("葛\U000e0100城", "葛城"),
        ("邉\ufe00", "辺"),
        ("神谷", "神谷"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだたろう"),
        ("ヤマダ　タロウ", "ﾔﾏﾀﾞﾀﾛｳ"),
        ("マリア・サントス", "まりあ サントス"),
        ("ＳＡＮＴＯＳ　Ｍａｒｉａ", "santos maria"),
        ("Nguyễn", "nguyen"),
        ("０１２３－４５", "0123-45"),
        ("佐々木", "佐佐木"),
        ("霞ヶ関", "霞ケ関"),
        ("ジョン＝スミス", "ジョンスミス"),
    ],
)
def test_one_person_is_found_by_every_way_of_writing(written, typed):
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("おおの", "おの"),
        ("サービス", "サビス"),
        ("きょう", "きよう"),
        ("はは", "ばば"),
        ("坂", "阪"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(ANY_TEXT)
def test_folding_a_key_changes_nothing_more_for_japanese(text):
    once = fold(text)
    assert not has_variation_sequences(once)
    assert not any(c.isspace() for c in once)


def test_the_table_of_old_forms_has_no_chains_and_only_everyday_targets():
    assert len(EVERYDAY_FORMS) > 400
    for variant, everyday in EVERYDAY_FORMS.items():
        assert everyday not in EVERYDAY_FORMS, variant
        assert unicodedata.normalize("NFKC", variant) == variant
        everyday.encode("cp932")


def test_digits():
    assert fold_digits(" ０３－１２３４ー５６７８ ") == "03-1234-5678"
    assert fold_digits("カード12") == "カード12"


def test_kana_as_stored():
    assert to_full_width_kana("ﾔﾏﾀﾞ ﾀﾛｳ") == "ヤマダ　タロウ"
    assert to_full_width_kana(" やまだ　 たろう ") == "ヤマダ　タロウ"
    assert to_full_width_kana("サ-ビス") == "サービス"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("やまだ", True),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", True),
        ("マリー・ジョー", True),
        ("山田", False),
        ("", False),
        ("　", False),
        ("ヤマダ1", False),
    ],
)
def test_is_kana(text, answer):
    assert is_kana(text) is answer


def test_dictionary_order():
    names = [
        "ハヤシ",
        "ハハ",
        "バハ",
        "ハバ",
        "パハ",
        "ハアト",
        "ハート",
        "キョウ",
        "キヨウ",
        "ンダ",
        "アベ",
    ]
    assert sorted(names, key=sort_key) == [
        "アベ", "キョウ", "キヨウ", "ハアト", "ハート", "ハハ", "ハバ", "バハ", "パハ", "ハヤシ", "ンダ",
    ]  # fmt: skip


def test_variation_sequences():
    assert has_variation_sequences("葛\U000e0101")
    assert not has_variation_sequences("葛𠮷")


@given(ANY_TEXT, ANY_TEXT)
def test_a_prefix_range_holds_exactly_the_texts_that_begin_so(prefix, text):
    lower, upper = (bound.encode() for bound in prefix_range(prefix))
    assert lower <= (prefix + text).encode() < upper or "\U0010ffff" in prefix + text
    if not text.startswith(prefix):
        assert not lower <= text.encode() < upper


def test_prefix_ranges():
    assert prefix_range("さ") == ("さ", "ざ")
    assert prefix_range("𠮷") == ("𠮷", "𠮸")
    assert prefix_range("\ud7ff") == ("\ud7ff", "\ue000")
    assert prefix_range("あ\U0010ffff") == ("あ\U0010ffff", "ぃ")
    assert prefix_range("")[0] == ""
