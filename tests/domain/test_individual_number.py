from __future__ import annotations

import pytest

from desktop.domain.individual_number import is_individual_number, twelve_digit_numbers


def by_the_ordinance(eleven: str) -> int:
    """The check digit as the ordinance words it: P_n counted from the lowest digit, Q_n = n+1 or n-5."""
    total = sum(
        int(eleven[11 - n]) * (n + 1 if n <= 6 else n - 5)  # noqa: RUF100
        for n in range(1, 12)
    )
    remainder = total % 11
    return 0 if remainder <= 1 else 11 - remainder


@pytest.mark.parametrize("eleven", [f"{n * 7919 % 10**11:011}" for n in range(1, 400)])
def test_exactly_one_check_digit_is_right(eleven: str):
    valid = [d for d in range(10) if is_individual_number(f"{eleven}{d}")]
    assert valid == [by_the_ordinance(eleven)]


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "abcdefghijkl"])
def test_other_lengths_are_none(text: str):
    assert not is_individual_number(text)
    assert twelve_digit_numbers(text) == ()


@pytest.mark.parametrize(
    "text", ["1234-5678-9018", "１２３４５６７８９０１８", "番号1234 5678 9018です", "123456789018"]
)
def test_twelve_digits_are_found_however_they_are_written(text: str):
    assert twelve_digit_numbers(text) == ("123456789018",)


def test_telephone_numbers_are_not_taken_for_them():
    assert twelve_digit_numbers("電話 03-1234-5678、090-1234-5678") == ()
