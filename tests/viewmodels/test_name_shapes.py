from __future__ import annotations

from desktop.viewmodels.name_shapes import name_shapes

VARIANT = "葛\U000e0100"


def test_ordinary_names_need_no_second_look():
    assert name_shapes(["架空　花子", "見本 太郎", ""], lambda _: True) == ""


def test_each_variant_is_listed_once_with_its_code_points():
    names = [f"{VARIANT}城　見本", f"{VARIANT}城　例太", "架空　花子"]
    assert name_shapes(names, lambda _: True) == f"{VARIANT}（U+845B U+E0100）"


def test_what_is_not_drawn_is_said():
    text = name_shapes([f"𠮷{VARIANT}　花子"], lambda sign: sign not in {"𠮷", VARIANT})
    assert text == (
        "𠮷（U+20BB7）　▲ この端末には字形がありません、"
        f"{VARIANT}（U+845B U+E0100）　▲ この端末では基本の字で表示しています"
    )
