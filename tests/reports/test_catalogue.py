"""The list of forms."""

from __future__ import annotations

from desktop.reports.catalogue import CATALOGUE
from tests.reports.reading import page_texts
from tests.reports.samples import make_form


def test_codes_are_unique_and_every_form_prints_its_code(fonts):
    codes = [form.code for form in CATALOGUE]
    assert codes == ["K-04"]
    for form in CATALOGUE:
        (page,) = page_texts(form.render(make_form(), fonts).data)
        assert f"{form.code} {form.title} {form.edition}" in page
