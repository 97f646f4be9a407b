from __future__ import annotations

import pytest

from desktop.domain.kana import fold_address


@pytest.mark.parametrize(
    "text",
    [
        "見本市本町一丁目2番3号",
        "見本市本町１丁目２番地３",
        "見本市本町１－２－３",
        "見本市本町1ー2ー3",
        "見本市 本町1-2-3",
        "見本市本町1丁目2番地の3",
        "見本市本町1の2の3",
    ],
)
def test_one_place_is_found_by_every_way_of_writing(text):
    assert fold_address(text) == "見本市本町1-2-3"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("見本市六本木三丁目二十三番地", "見本市六本木3-23"),
        ("見本市一番町5", "見本市一番町5"),
        ("見本市1丁目2番3号 コーポ見本101号室", "見本市1-2-3こーぽ見本101"),
        ("見本市1-2-3　コーポ見本 101", "見本市1-2-3こーぽ見本101"),
        ("見本市1-2-3 101", "見本市1-2-3-101"),
        ("北1条西2丁目", "北1条西2"),
        ("大字見本　百二番地", "大字見本102"),
        ("見本市霞ヶ岡10番", "見本市霞け岡10"),
        ("", ""),
    ],
)
def test_keys(text, key):
    assert fold_address(text) == key
