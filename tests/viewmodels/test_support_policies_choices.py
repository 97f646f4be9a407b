from __future__ import annotations

from desktop.domain.support_policies import PolicyVersionLine
from desktop.viewmodels.support_policies_choices import (
    first_to_compare,
    is_comparable,
    to_compare,
)
from tests.support.factories import TODAY, at
from tests.support.fakes_policies import a_line, a_policy, not_approved
from tests.support.fakes_records import an_id

LINES = [not_approved("new"), not_approved("other"), a_line("old")]


def versions(*numbers):
    return [PolicyVersionLine(version=n, saved_at=at(TODAY, n), by="試験 担当") for n in numbers]


def first(policy, lines, *numbers):
    both = first_to_compare(policy, to_compare(policy, lines, versions(*(numbers or (1,)))))
    return both and [(one.policy_id, one.version) for one in both]


def test_it_is_compared_with_the_one_it_follows_else_with_the_one_before():
    new = a_policy("new", follows=an_id("old"))
    assert first(new, LINES) == [(an_id("old"), 1), (an_id("new"), 1)]
    assert first(a_policy("new"), LINES) == [(an_id("other"), 1), (an_id("new"), 1)]


def test_the_oldest_one_is_laid_beside_the_newest_and_stands_first():
    assert first(a_policy("old"), LINES) == [(an_id("old"), 1), (an_id("new"), 1)]


def test_the_only_one_is_compared_with_its_version_before():
    policy = a_policy("old", version=3)
    assert first(policy, [a_line("old")], 3, 2, 1) == [(an_id("old"), 2), (an_id("old"), 3)]


def test_alone_and_in_one_version_there_is_nothing_to_compare():
    assert first(a_policy("old"), [a_line("old")]) is None
    assert not is_comparable(a_policy("old"), [a_line("old")])
    assert is_comparable(a_policy("old", version=2), [a_line("old")])
    assert is_comparable(a_policy("old"), LINES)
    assert not is_comparable(None, LINES)


def test_versions_are_named_only_where_there_are_several():
    titles = [one.title for one in to_compare(a_policy("old"), [a_line("old")], versions(2, 1))]
    assert "第2版" in titles[0]
    assert "保存" in titles[0]
    (single,) = to_compare(a_policy("old"), [a_line("old")], versions(1))
    assert "版" not in single.title
