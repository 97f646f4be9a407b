"""Who issues cards makes a key and a package; what an office would refuse is not made."""

from __future__ import annotations

import pytest

from desktop.cli.main import main
from tests.support.help_packages import CARD, FILES


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        path = tmp_path / "cards" / name
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8", newline="")
    return tmp_path / "cards"


@pytest.fixture
def key(tmp_path, capsys):
    path = tmp_path / "signing.pem"
    assert main(["help-package", "key", "--out", str(path)]) == 0
    said = capsys.readouterr().out
    return path, said.split()[1], said.split()[3]


def made(folder, key, out):
    about = ["--number", "3", "--title", "春の更新", "--issuer", "架空県"]
    days = ["--issued-on", "2024-04-01", "--withdrawn", "article-060"]
    files = [str(folder), "--key", str(key[0]), "--out", str(out)]
    return main(["help-package", "make", *files, *about, *days])


def test_a_package_is_made_and_checked(folder, key, tmp_path, capsys):
    out = tmp_path / "spring.zip"
    assert made(folder, key, out) == 0
    assert main(["help-package", "check", str(out), "--public-key", key[1]]) == 0
    assert "第3号「春の更新」　架空県　手引2件" in capsys.readouterr().out
    data = bytearray(out.read_bytes())
    data[len(data) // 3] ^= 1
    out.write_bytes(bytes(data))
    assert main(["help-package", "check", str(out), "--public-key", key[1]]) == 1
    assert capsys.readouterr().err


def test_a_key_is_said_again_and_never_replaced(key, capsys):
    path, public, fingerprint = key
    assert main(["help-package", "public", "--key", str(path)]) == 0
    said = capsys.readouterr().out
    assert public in said
    assert fingerprint in said
    assert "PRIVATE" not in said
    before = path.read_bytes()
    assert main(["help-package", "key", "--out", str(path)]) == 1
    assert path.read_bytes() == before


def test_what_an_office_would_refuse_is_not_made(folder, key, tmp_path, capsys):
    out = tmp_path / "bad.zip"
    (folder / "procedures" / "bad.md").write_text(CARD.replace("checked", "chekced"), "utf-8")
    assert made(folder, key, out) == 1
    assert "procedures/bad.mdの7行目" in capsys.readouterr().err
    assert not out.exists()
    (folder / "procedures" / "bad.md").rename(folder / "changes.md")
    assert made(folder, key, out) == 1
    assert made(folder / "nowhere", key, out) == 1
    assert made(folder, (tmp_path / "none.pem",), out) == 1
