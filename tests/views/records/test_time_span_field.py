from __future__ import annotations

import pytest

from desktop.domain.errors import ValidationError
from desktop.views.records.time_span_field import TimeSpan, TimeSpanField


@pytest.fixture
def field(qtbot):
    field = TimeSpanField("時刻")
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1030-1115", TimeSpan(630, 675)),
        ("10:30～11:15", TimeSpan(630, 675)),
        ("１０：３０　１１：１５", TimeSpan(630, 675)),
        ("1030+45", TimeSpan(630, 675)),
        ("10時半から11時", TimeSpan(630, 660)),
        ("1030", TimeSpan(630)),
        ("", None),
    ],
)
def test_times_are_read_as_people_type_them(field, typed, expected):
    field.editor().setText(typed)
    assert field.entered() == expected


@pytest.mark.parametrize("typed", ["1115-1030", "2500", "1030-1115-1200", "2330+60", "昼ごろ"])
def test_what_is_no_span_is_refused(field, typed):
    field.editor().setText(typed)
    with pytest.raises(ValidationError):
        field.entered()
    assert field.error()


def test_what_is_shown_can_be_read_again(field):
    for span in (TimeSpan(630, 675), TimeSpan(545)):
        field.show_value(span)
        assert field.entered() == span
