from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.records import measure_body
from desktop.services.training.measure import Measurer

MEASURER = Measurer()


@given(st.text(max_size=200))
def test_measures_equal_those_of_the_domain(text: str) -> None:
    wanted = measure_body(text)
    assert MEASURER.digest(text) == (wanted.length, wanted.digest)
    assert MEASURER.sketch(text) == wanted.sketch


@pytest.mark.parametrize("text", ["", "一", "一 二", "あ" * 300, "面接した。" * 160])
def test_short_and_long_bodies(text: str) -> None:
    assert MEASURER.sketch(text) == measure_body(text).sketch
