"""Exports that are broken or meant badly end in a sentence, or in a line of the list that cannot be taken in."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop.domain.errors import UserError
from desktop.domain.online_applications import MOST_APPLICATIONS, MOST_LIST_BYTES, is_plain_name
from desktop.services.online_applications import (
    load_application_mapping,
    shipped_application_mappings,
)
from desktop.services.online_applications.reading import read_applications
from tests.support.applications import HEADER, a_csv, a_json, a_mapping, a_row

TODAY = date(2024, 10, 1)


def read(path, mapping):
    return read_applications(path, load_application_mapping(mapping), TODAY, lambda: None)


def refused(path, mapping):
    with pytest.raises(UserError) as caught:
        read(path, mapping)
    return caught.value.sentence


def test_more_rows_than_one_takes_in_at_a_time(tmp_path):
    rows = [a_row(f"E-{n}", "1") for n in range(MOST_APPLICATIONS + 1)]
    path = a_csv(tmp_path, *rows, is_training=False)
    assert "多すぎます" in refused(path, a_mapping(tmp_path))
    items = [{"no": str(n)} for n in range(MOST_APPLICATIONS + 1)]
    path = a_json(tmp_path, items, is_training=False)
    assert "多すぎます" in refused(path, a_mapping(tmp_path, "json"))


def test_a_million_columns(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(",".join(HEADER) + "\n" + "," * 1_000_000 + "\n", encoding="utf-8")
    assert "長すぎます" in refused(path, a_mapping(tmp_path))
    folded = ",".join(HEADER) + "\n" + ('"\n",' + "," * 60_000) * 17 + "\n"
    path.write_text(folded, encoding="utf-8")
    assert "列の数" in refused(path, a_mapping(tmp_path))


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_list_of_gigabytes_is_not_read(tmp_path, suffix):
    path = tmp_path / f"large.{suffix}"
    with path.open("wb") as file:
        file.truncate(MOST_LIST_BYTES + 1)
    assert "大きすぎます" in refused(path, a_mapping(tmp_path, suffix))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"data":' * 100_000,
        '{"data": {"items": [' + "9" * 5_000 + "]}}",
        "{",
        "",
        "NaN",
        '"text"',
        '{"data": {"items": {"no": 1}}}',
        '{"data": {"items": [1]}}',
        '{"data": {"items": []}}',
        '{"data": {"items": [{"no": "1"}]}, "研修用": "研修用台帳,0001,0"}',
        '{"data": {"items": [{"no": "1"}]}, "研修用": [1]}',
    ],
    ids=lambda text: text[:24],
)
def test_json_that_is_no_list_of_applications(tmp_path, text):
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    assert refused(path, a_mapping(tmp_path, "json")).endswith("。")


def test_wrong_encodings(tmp_path):
    path = tmp_path / "list.json"
    path.write_bytes(b'{"data": "\x81"}')
    assert "JSONとして" in refused(path, a_mapping(tmp_path, "json"))
    path = a_csv(tmp_path, a_row("E-1", "1"), is_training=False, encoding="cp932")
    assert "文字" in refused(path, a_mapping(tmp_path, encoding="utf-8"))
    assert read(path, a_mapping(tmp_path)).applications[0].number == "E-1"
    path = a_csv(tmp_path, a_row("E-1", "1"), is_training=False, encoding="utf-16")
    assert refused(path, a_mapping(tmp_path)).endswith("。")


def test_signs_that_control_are_faults_of_their_line(tmp_path):
    items = [
        {"no": "1\u0000", "form": "給与明細の提出"},
        {"no": "2", "form": "\ud800"},
        {"no": "3", "form": "給与明細の提出", "by": {"name": "\u202e花子"}},
        {"no": "4", "form": "給与明細の提出", "by": {"name": "\ue000\u3000𠮷"}},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"data": {"items": items}}), encoding="utf-8")
    found = read(path, a_mapping(tmp_path, "json")).applications
    assert [bool(a.faults) for a in found] == [True, True, True, False]
    assert all(a.number.isprintable() for a in found)


def test_individual_numbers_refuse_the_whole_list(tmp_path):
    valid = "123456789018"
    path = a_csv(tmp_path, a_row("E-1", "1", 備考=f"番号は{valid}"), is_training=False)
    sentence = refused(path, a_mapping(tmp_path))
    assert "個人番号" in sentence
    assert valid not in sentence


def test_values_of_other_kinds_in_json_stand_for_nothing(tmp_path):
    items = [{"no": {"a": 1}, "case": [["1"]], "form": None, "files": [[{"name": "x"}], True, 5]}]
    (found,) = read(
        a_json(tmp_path, items, is_training=False), a_mapping(tmp_path, "json")
    ).applications
    assert (found.number, found.case_number, found.form, found.files) == ("", "", "", ())


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "..\\a", "C:a", "a:stream", "/etc/passwd", "a\0b", "a\nb"]
)
def test_a_name_of_a_file_stays_in_its_folder(name):
    assert not is_plain_name(name)


def test_a_plain_name_is_one():
    assert is_plain_name("9月分 給与明細.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "",
        'source = ""',
        'source = "a"\nformat = "xml"',
        'source = "a"\nencoding = "utf-16"',
        'source = "a"\nother = 1',
        'source = "a"\ncolumns = 1',
        'source = "a"\n[columns]\n"氏名" = ["x"]',
        'source = "a"\n[columns]\n"様式" = "x"',
        'source = "a"\n[kinds]\na = ["x"]\nb = ["ｘ"]',
        'source = "a"\nx = ' + "[" * 10_000,
    ],
    ids=lambda text: text[:30],
)
def test_a_mapping_with_a_mistake_is_told(tmp_path, text):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="対応表に誤りがあります"):
        load_application_mapping(path)


def test_the_shipped_mappings_are_read():
    assert {path.stem for _, path in shipped_application_mappings()} == {
        "training_csv",
        "training_json",
    }
