"""Mapping files (対応表, TOML) of every import: read, and refused in a sentence where they cannot be understood."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.errors import UserError

_LARGEST = 1_000_000


def load_table(path: Path) -> dict[str, Any]:
    """The whole file. Raises UserError for what is no TOML in UTF-8, or too large."""
    try:
        if path.stat().st_size > _LARGEST:
            raise wrong("大きすぎます")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise UserError("対応表のファイルを開けません。場所と名前を確かめてください。") from None
    except UnicodeDecodeError:
        raise wrong("UTF-8で保存されていません") from None
    except tomllib.TOMLDecodeError as error:
        raise wrong(f"TOMLとして読めません（{error}）") from None
    except RecursionError:
        raise wrong("入れ子が深すぎます") from None


def section_of(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A table in the table; empty where it is missing."""
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise wrong(f"「{name}」は表でなければなりません")
    return found


def texts_of(table: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts; empty where it is missing."""
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise wrong(f'「{name}」は文字の並び（["…", "…"]）でなければなりません')
    return found


def text_of(table: Mapping[str, Any], name: str, default: str) -> str:
    """A text."""
    found = table.get(name, default)
    if not isinstance(found, str):
        raise wrong(f"「{name}」は文字でなければなりません")
    return found


def one_of(table: Mapping[str, Any], name: str, default: str, allowed: frozenset[str]) -> str:
    """A text out of a few."""
    found = text_of(table, name, default)
    if found not in allowed:
        known = "・".join(sorted(text.replace("\t", "\\t") for text in allowed))
        raise wrong(f"「{name}」は {known} のどれかです")
    return found


def wrong(what: str) -> UserError:
    """The refusal of a mapping."""
    return UserError(f"対応表に誤りがあります：{what}。")
