"""The C types stand in files of their own; here they are held in step with the source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from desktop.planning.engine_form import PARTS

FOLDER = Path(__file__).parents[2] / "desktop" / "planning"
LOCALS = re.compile(
    r"(?:@cython\.locals\((?P<locals>[^)]*)\)\s+)?cp?def (?!class )(?:[\w ]+? )?(?P<name>\w+)\((?P<signature>[^)]*)\)"
)


def methods(part: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((FOLDER / f"{part}.py").read_text(encoding="utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.name: node for node in found.body if isinstance(node, ast.FunctionDef)}


def typed(part: str) -> dict[str, tuple[set[str], list[str]]]:
    """Per function of the .pxd its typed locals and its parameters."""
    text = (FOLDER / f"{part}.pxd").read_text(encoding="utf-8")
    return {
        match["name"]: (
            set(re.findall(r"(\w+)=", match["locals"] or "")),
            [word.split()[-1] for word in match["signature"].split(",")],
        )
        for match in LOCALS.finditer(text)
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_local_of_a_compiled_function_has_a_type(part: str):
    source = methods(part)
    assert typed(part)
    for name, (declared, parameters) in typed(part).items():
        function = source[name]
        own = [argument.arg for argument in function.args.args]
        stored = {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        assert declared == stored - set(own), name
        assert parameters == own, name


def test_every_attribute_has_a_type_once():
    declared: list[str] = []
    used: set[str] = set()
    for part in PARTS:
        text = (FOLDER / f"{part}.pxd").read_text(encoding="utf-8")
        for line in re.findall(
            r"^    cdef (?:int\[::1\]|long long|int|bint|object) ([\w, ]+)$", text, re.MULTILINE
        ):
            declared += re.split(r", *", line)
        for function in methods(part).values():
            used |= {
                node.attr
                for node in ast.walk(function)
                if isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and isinstance(node.value, ast.Name)
                and node.value.id == "self"
            }
    assert len(declared) == len(set(declared))
    assert set(declared) == used
