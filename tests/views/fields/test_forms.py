from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import ValidationError
from desktop.views.fields.form_layout import FormLayout, form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField


@pytest.fixture
def form(qtbot):
    form: Any = QWidget()
    layout = FormLayout(form)
    form.name = layout.add_field("氏名(&N)", TextField("氏名", required=True))
    form.count = layout.add_field("人数", NumberField("人数"))
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    return form


def labels(widget):
    return [label for label in widget.findChildren(QLabel) if label.isVisible()]


def test_labels_lead_to_their_fields_and_mark_the_required(form):
    buddies = {label.text(): label.buddy() for label in labels(form) if label.buddy()}
    assert buddies == {"氏名(&N)": form.name.editor(), "人数": form.count.editor()}
    assert [label.text() for label in labels(form)].count("必須") == 1


def test_a_label_does_not_sink_when_an_error_appears(form):
    label = next(label for label in labels(form) if label.text() == "人数")
    before = height_above(form.count, label)
    form.count.show_error("数字で入力してください。")
    form.layout().activate()
    assert form.count.sizeHint().height() > form.count.editor().height() * 3 // 2
    assert abs(height_above(form.count, label) - before) <= 2


def height_above(field, label):
    middle = label.mapToGlobal(label.rect().center()).y()
    return middle - field.mapToGlobal(field.rect().topLeft()).y()


def test_all_errors_of_a_form_are_raised_together(form, qtbot):
    form.count.editor().setText("多い")
    reader = FormReader()
    assert reader.read("name", form.name) is None
    assert reader.read("count", form.count) is None
    with pytest.raises(ValidationError) as refusal:
        reader.finish()
    assert refusal.value.fields == {
        "name": "氏名を入力してください。",
        "count": "数字で入力してください。",
    }
    qtbot.waitUntil(lambda: form.name.editor().hasFocus())


def test_a_right_form_is_read(form):
    form.name.show_value("見本 花子")
    form.count.show_value(2)
    reader = FormReader()
    assert (reader.read("name", form.name), reader.read("count", form.count)) == ("見本 花子", 2)
    reader.finish()


def test_a_row_stands_alone_with_its_label(qtbot):
    row = form_row("住所(&A)", TextField("住所"))
    qtbot.addWidget(row)
    label = row.findChild(QLabel)
    assert label is not None
    assert label.text() == "住所(&A)"
