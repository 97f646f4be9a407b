"""Pages as pictures, compared by how dark areas are."""

from __future__ import annotations

import pytest

from desktop.domain.forms import FormMark
from desktop.reports.preview import page_count, page_image
from desktop.reports.records import measures as m
from desktop.reports.records.case_record import CASE_RECORD
from tests.reports.reading import darkness
from tests.reports.samples import make_entry, make_form

DPI = 60


@pytest.fixture(scope="module")
def page(fonts):
    return page_image(CASE_RECORD.pdf(make_form(), fonts).data, 0, DPI)


def test_size_and_layout_of_the_picture(page):
    assert page.width == pytest.approx(210 / 25.4 * DPI, abs=1)
    assert page.height == pytest.approx(297 / 25.4 * DPI, abs=1)
    assert page.stride >= 3 * page.width
    assert len(page.rgb) == page.stride * page.height


def test_paper_is_white_and_text_is_dark(page):
    assert darkness(page, 0, 0, 18, 297) == 0
    assert darkness(page, 200, 0, 10, 297) == 0
    assert 0.04 < darkness(page, m.ARTICLE_LEFT + 2, m.BODY_TOP + 8, 108, 25) < 0.4
    assert darkness(page, m.LEFT - 0.5, m.BODY_TOP + 5, 1, 100) > 0.2


def test_blank_space_is_crossed_by_one_line(page):
    blank = darkness(page, m.LEFT + 2, 160, m.RIGHT - m.LEFT - 4, 110)
    assert 0.0005 < blank < 0.02


def test_the_copy_mark_is_pale_behind_the_text(fonts, page):
    copy = page_image(CASE_RECORD.pdf(make_form(mark=FormMark.COPY), fonts).data, 0, DPI)
    area = (m.ARTICLE_LEFT, 130, 60, 60)
    assert darkness(copy, *area) == pytest.approx(darkness(page, *area), abs=0.01)
    assert copy.rgb != page.rgb


def test_crossed_entries_are_darker(fonts, page):
    annulled = page_image(
        CASE_RECORD.pdf(make_form([make_entry(annulled=True)]), fonts).data, 0, 120
    )
    plain = page_image(CASE_RECORD.pdf(make_form(), fonts).data, 0, 120)
    area = (m.KIND_LEFT + 1, m.BODY_TOP + 45, m.KIND_WIDTH - 2, 30)
    assert darkness(plain, *area) == 0
    assert darkness(annulled, *area) > 0


def test_pages_outside_the_pdf_are_refused(fonts):
    data = CASE_RECORD.pdf(make_form(), fonts).data
    assert page_count(data) == 1
    with pytest.raises(IndexError):
        page_image(data, 1, DPI)
