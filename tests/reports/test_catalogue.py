"""The list of forms."""

from __future__ import annotations

from desktop.reports.catalogue import CATALOGUE
from tests.reports.reading import page_texts
from tests.reports.samples import make_audit_day, make_form
from tests.reports.test_disposal_list import form as make_disposal_form
from tests.reports.test_policy_sheet import form as make_policy_form
from tests.reports.test_slip import form as make_slip_form


def test_codes_are_unique_and_every_form_prints_its_code(fonts):
    codes = [form.code for form in CATALOGUE]
    samples = {
        "K-04": make_form(),
        "A-01": make_audit_day(),
        "D-01": make_disposal_form(),
        "K-05": make_policy_form(),
        "U-01": make_slip_form(),
    }
    assert codes == list(samples)
    for form in CATALOGUE:
        (page,) = page_texts(form.render(samples[form.code], fonts).data)
        assert f"{form.code} {form.title} {form.edition}" in page
