from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import ValidationError
from desktop.views.fields.choice_field import Choice, ChoiceField
from tests.support.typing_in import commit_text

CHOICES = (
    Choice(code="11", label="本人と面接", kana="ホンニントメンセツ"),
    Choice(code="12", label="家族と面接", kana="カゾクトメンセツ"),
    Choice(code="21", label="不在", kana="フザイ"),
)


@pytest.fixture
def field(qtbot):
    field = ChoiceField("結果", CHOICES)
    qtbot.addWidget(field)
    field.show()
    return field


def type_in(field, text):
    field.editor().line().clear()
    commit_text(field.editor().line(), text)
    field.editor().line().editingFinished.emit()


@pytest.mark.parametrize(
    ("text", "code"),
    [("不在", "21"), ("21", "21"), ("ﾌｻﾞｲ", "21"), ("ふざい", "21"), ("家族", "12"), ("本人", "11")],
)
def test_typing_finds_by_label_reading_and_code(field, qtbot, text, code):
    type_in(field, text)
    assert field.entered() == code
    assert field.editor().currentText() == next(c.label for c in CHOICES if c.code == code)


@pytest.mark.parametrize(("text", "sentence"), [("面接", "2つあります"), ("転居", "選べません")])
def test_what_is_not_one_choice_is_refused(field, qtbot, text, sentence):
    type_in(field, text)
    assert sentence in field.error()
    with pytest.raises(ValidationError):
        field.entered()


def test_the_list_offered_while_typing_is_filtered(field, qtbot):
    completer = field.editor().completer()
    completer.setCompletionPrefix("めんせつ")
    model = completer.completionModel()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "本人と面接",
        "家族と面接",
    ]


def test_arrow_keys_go_through_the_list(field, qtbot):
    field.show_value("11")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field.editor(), Qt.Key.Key_Down)
    assert field.entered() == "12"


def test_empty_is_none_unless_required(field, qtbot):
    assert field.entered() is None
    required = ChoiceField("結果", CHOICES, required=True)
    qtbot.addWidget(required)
    with pytest.raises(ValidationError, match="結果を入力してください。"):
        required.entered()


def test_showing_a_value_is_no_edit(field, qtbot):
    with qtbot.assertNotEmitted(field.edited):
        field.show_value("12")
    assert field.entered() == "12"
    field.show_value(None)
    assert field.entered() is None


def test_other_choices_keep_what_is_still_among_them(field):
    field.show_value("12")
    field.set_choices(CHOICES[1:])
    assert field.entered() == "12"
    field.set_choices(CHOICES[2:])
    assert field.entered() is None


def test_the_wheel_changes_nothing(field):
    field.show_value("11")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.editor(), wheel)
    assert field.entered() == "11"
