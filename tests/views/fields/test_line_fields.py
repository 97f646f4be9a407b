from __future__ import annotations

import pytest

from desktop.domain.errors import ValidationError
from desktop.views.fields.kana_field import KanaField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.postal_field import PostalField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.time_field import TimeField
from desktop.views.fields.yen_field import YenField


def typed(qtbot, field, text):
    qtbot.addWidget(field)
    field.editor().setText(text)
    field.editor().textEdited.emit(text)
    field.editor().editingFinished.emit()
    return field


@pytest.mark.parametrize(
    ("make", "text", "shown", "value"),
    [
        (lambda: TimeField("開始"), "1030", "10:30", 630),
        (lambda: TimeField("開始"), "１０時半", "10:30", 630),
        (lambda: KanaField("フリガナ"), "ﾐﾎﾝ はなこ", "ミホン　ハナコ", "ミホン　ハナコ"),
        (lambda: TextField("氏名"), " 葛\U000e0100城 ", "葛\U000e0100城", "葛\U000e0100城"),
        (lambda: NumberField("人数"), "１２", "12", 12),
        (lambda: YenField("収入"), "１２３４５円", "12,345", 12345),
        (lambda: PostalField("郵便番号"), "１２３４５６７", "123-4567", "123-4567"),
        (lambda: TimeField("開始"), "  ", "", None),
    ],
)
def test_entries_are_read_and_written_in_the_form_of_the_office(qtbot, make, text, shown, value):
    field = typed(qtbot, make(), text)
    assert field.editor().text() == shown
    assert field.entered() == value
    assert field.error() == ""


@pytest.mark.parametrize(
    ("make", "text", "sentence"),
    [
        (lambda: TimeField("開始"), "2530", "25時30分という時刻はありません。"),
        (lambda: KanaField("フリガナ"), "見本", "フリガナはカナで入力してください。"),
        (lambda: NumberField("人数", lowest=1), "0", "1以上で入力してください。"),
        (lambda: NumberField("人数", highest=20), "21", "20以下で入力してください。"),
        (lambda: YenField("収入"), "-1", "0以上で入力してください。"),
        (lambda: PostalField("郵便番号"), "123", "郵便番号は7桁の数字で入力してください。"),
    ],
)
def test_wrong_entries_stay_as_typed_with_the_reason(qtbot, make, text, sentence):
    field = typed(qtbot, make(), text)
    assert field.editor().text() == text
    assert field.error() == sentence
    with pytest.raises(ValidationError) as refusal:
        field.entered()
    assert refusal.value.sentence == sentence


def test_every_field_has_an_accessible_name(qtbot):
    field = TextField("氏名")
    qtbot.addWidget(field)
    assert field.editor().accessibleName() == "氏名"


def test_a_known_postal_code_tells_its_address(qtbot):
    asked = []
    field = PostalField("郵便番号", lookup=lambda code, answer: asked.append((code, answer)))
    with qtbot.waitSignal(field.address_found) as found:
        typed(qtbot, field, "1000005")
        asked[0][1]("見本県見本市")
    assert asked[0][0] == "100-0005"
    assert found.args == ["見本県見本市"]


def test_a_late_address_of_another_code_is_dropped(qtbot):
    asked = []
    field = PostalField("郵便番号", lookup=lambda code, answer: asked.append(answer))
    typed(qtbot, field, "1000005")
    typed(qtbot, field, "1000006")
    with qtbot.assertNotEmitted(field.address_found):
        asked[0]("見本県見本市")


def test_an_unknown_postal_code_is_said_to_be_unknown(qtbot):
    field = PostalField("郵便番号", lookup=lambda code, answer: answer(None))
    typed(qtbot, field, "9999999")
    assert "見つかりません" in field._note.text()
    assert field.entered() == "999-9999"
