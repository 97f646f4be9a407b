"""What a package's file may be, and that nothing else passes."""

from __future__ import annotations

import random
import stat
import warnings
import zipfile
from contextlib import suppress

import pytest

from desktop.domain import help_packages as packages
from desktop.domain.errors import UserError
from desktop.domain.help_packages import HelpKey
from desktop.services.help_cards.package_file import read_package
from tests.support.help_packages import CARD, FILES, KEY, OTHER_KEY, fingerprint, package, repacked

TRUSTED = [
    HelpKey(
        label="架空県",
        fingerprint=fingerprint(KEY),
        public_key=KEY.public_key().public_bytes_raw(),
    )
]


@pytest.fixture
def data(tmp_path):
    return package(tmp_path)


def refusal(data, keys=TRUSTED):
    with pytest.raises(UserError) as refused:
        read_package(data, keys)
    return refused.value.sentence


def linked(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_a_package_is_read_as_it_was_made(data, tmp_path):
    found = read_package(data, TRUSTED)
    assert (found.number, found.title, found.issuer) == (1, "試験の更新", "架空県")
    assert {card.key for card in found.cards} == {"article-061", "brand-new"}
    assert found.fingerprint == fingerprint(KEY)
    assert package(tmp_path) == data, "the same cards give the same bytes"


def test_a_strange_key_is_named_by_its_fingerprint(data, tmp_path):
    assert fingerprint(KEY) in refusal(data, keys=[])
    assert fingerprint(OTHER_KEY) in refusal(package(tmp_path, key=OTHER_KEY))


def test_an_unsigned_one_and_a_changed_manifest_are_refused(data):
    assert refusal(repacked(data, lambda files: files.pop("manifest.sig"))) == packages.UNSIGNED
    assert (
        refusal(repacked(data, lambda files: files.update({"manifest.sig": b"x"})))
        == packages.UNSIGNED
    )

    def newer(files):
        files["manifest.json"] = files["manifest.json"].replace(b'"number": 1', b'"number": 9')

    assert refusal(repacked(data, newer)) == packages.TAMPERED


def test_a_changed_card_a_further_one_and_a_missing_one_are_refused(data):
    name = "articles/article-061.md"
    assert name in refusal(repacked(data, lambda files: files.update({name: b"x"})))
    assert "書き替え" in refusal(repacked(data, lambda files: files.update({name: b"x"})))
    assert "目録" in refusal(repacked(data, lambda files: files.pop(name)))
    more = {"articles/article-999.md": CARD.encode()}
    assert "目録" in refusal(repacked(data, lambda files: files.update(more)))


@pytest.mark.parametrize(
    "name",
    [
        "../articles/article-061.md",
        "/articles/article-061.md",
        "articles/../article-061.md",
        "articles\\x.md",
        "C:/articles/x.md",
        "articles/",
        "articles/x.txt",
        "articles/X.md",
        "unknown/x.md",
        "local/page-1.md",
        "articles/deep/x.md",
        "articles/con.md\u202e",
    ],
)
def test_names_that_lie_elsewhere_are_refused(data, name):
    sentence = refusal(repacked(data, lambda files: files.update({name: b""})))
    assert sentence.endswith("手引の更新にはありません。取り込みません。")


def test_links_twice_named_and_encrypted_files_are_refused(data):
    link = (linked("articles/link.md"), b"/etc/passwd")
    assert "articles/link.md" in refusal(repacked(data, lambda _: None, link))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        twice = (zipfile.ZipInfo("articles/article-061.md"), CARD.encode())
        sentence = refusal(repacked(data, lambda _: None, twice))
    assert sentence == packages.TWICE.format(name="articles/article-061.md")
    secret = bytearray(data)
    at = secret.find(b"PK\x01\x02")
    secret[at + 8] |= 1
    assert refusal(bytes(secret)).endswith("取り込みません。")


def test_what_is_too_large_or_swells_is_refused(data):
    assert refusal(b"x" * (packages.MOST_FILE + 1)) == packages.TOO_LARGE
    bomb = {"articles/bomb.md": b"\0" * 50_000_000}
    assert refusal(repacked(data, lambda files: files.update(bomb))) == packages.TOO_LARGE
    long = {"articles/long.md": b"\0" * (packages.MOST_CARD + 1)}
    assert refusal(repacked(data, lambda files: files.update(long))) == packages.TOO_LARGE
    many = {f"articles/a{n}.md": b"" for n in range(packages.MOST_FILES)}
    assert refusal(repacked(data, lambda files: files.update(many))) == packages.TOO_LARGE


def test_a_size_that_lies_does_not_help(data):
    swollen = repacked(data, lambda files: files.update({"articles/big.md": b"\0" * 2_000_000}))
    lied = swollen.replace((2_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != swollen
    assert refusal(lied)


def test_no_truncated_or_damaged_file_passes(data):
    whole = read_package(data, TRUSTED)
    for length in range(0, len(data), 7):
        assert refusal(data[:length])
    chance = random.Random(1)  # noqa: S311 - places to damage
    for _ in range(600):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        with suppress(UserError):
            # Bytes between the files (times, padding) mean nothing; what is read is what was signed.
            assert read_package(bytes(damaged), TRUSTED) == whole


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (CARD.replace("checked = true", "checked = 1"), "7行目"),
        (CARD.replace('words = ["申告"]', "words = ["), "6行目"),
        (CARD.replace("法61条", "第61条"), "3行目"),
        (CARD.replace("see =", "colour ="), "6行目"),
        (CARD.replace("変わったら", "<script>x</script>"), "1行目"),
        (CARD + "\n![絵](x.png)\n", "3行目"),
        (CARD + "\n[外](https://example.invalid)\n", "3行目"),
    ],
    ids=range(7),
)
def test_a_fault_in_a_card_is_named_with_file_and_line(tmp_path, content, line):
    with pytest.raises(UserError) as refused:
        package(tmp_path, {**FILES, "procedures/brand-new.md": content})
    assert "procedures/brand-new.md" in refused.value.sentence
    assert line in refused.value.sentence
