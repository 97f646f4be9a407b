from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.reports.merging import merged
from desktop.reports.preview import OpenPdf, page_count, page_image
from tests.reports.reading import page_texts
from tests.support.documents import small_pdf

FIRST, SECOND = small_pdf(1, text="first"), small_pdf(2, text="second")


def texts(data: bytes) -> list[str]:
    return [text.strip() for text in page_texts(data)]


def test_pages_of_all_follow_in_order():
    assert texts(merged([FIRST, SECOND])) == ["first 1", "second 1", "second 2"]


def test_an_odd_document_gets_an_empty_back_but_not_the_last_one():
    both_sides = merged([FIRST, SECOND, FIRST], on_new_sheets=True)
    assert texts(both_sides) == ["first 1", "", "second 1", "second 2", "first 1"]


def test_the_same_documents_give_the_same_bytes_whenever_they_are_merged():
    whole = merged([FIRST, SECOND])
    second = int(time.time())
    while int(time.time()) == second:  # PDFium would write another moment
        continue
    assert merged([FIRST, SECOND]) == whole
    assert merged([SECOND, FIRST]) != whole
    assert not re.search(rb"CreationDate", whole)


def test_many_documents_are_more_than_its_head_and_tail():
    data = merged([FIRST] * 40)
    assert page_count(data) == 40
    assert texts(data)[-1] == "first 1"


def test_an_open_pdf_draws_the_same_as_one_opened_for_each_page():
    document = OpenPdf(SECOND)
    assert document.image(1, 40) == page_image(SECOND, 1, 40)
    assert len(document) == 2
    document.close()
    assert document.image(0, 40) == page_image(SECOND, 0, 40)
    assert document.size(0) == pytest.approx((8.27, 11.69), abs=0.01)
    with pytest.raises(IndexError):
        document.image(2, 40)
    with pytest.raises(IndexError):
        document.size(2)


def test_threads_may_ask_for_pages_while_documents_come_and_go():
    expected = [page_image(SECOND, page, 20) for page in (0, 1)]

    def look(number: int) -> bool:
        document = OpenPdf(SECOND)
        return document.image(number % 2, 20) == expected[number % 2]

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(look, range(200)))
