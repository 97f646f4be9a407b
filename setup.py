"""Compiles the planner's search (desktop/planning/engine*.py) with Cython; everything else stands in pyproject.toml.

    python setup.py build_ext --inplace      what `bootstrap.py` does (installer/planner.py)

The sources are plain Python with their C types in the `.pxd` files beside them; without a compiler they run as they are.
One file serves Python 3.11 to 3.13 (limited API). On Windows the same commands use the Build Tools of Visual Studio.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build import build
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / "desktop" / "planning"
#: In the order in which they build on one another.
PARTS = ("engine_rows", "engine_state", "engine_moves", "engine")
LIMITED_API = ("Py_LIMITED_API", "0x030B0000")


class FreshBuild(build):
    """setuptools packs whatever lies in its build folder, also what an older build left there: begin without."""

    def run(self) -> None:
        """Empty the build folder, then build."""
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


class SmallBuild(build_ext):
    """Leaves out the symbols for debuggers, which gcc writes by default: five times the size."""

    def build_extensions(self) -> None:
        """Build with the compiler's usual settings, for speed."""
        if self.compiler.compiler_type == "unix":
            for extension in self.extensions:
                extension.extra_compile_args += ["-O3", "-g0"]
        super().build_extensions()


def extensions() -> list[Extension]:
    """The parts of the search, translated to C in the build folder. An editable install compiles nothing itself."""
    if "editable_wheel" in sys.argv:
        return []
    from Cython.Build import cythonize

    parts = [
        Extension(
            f"desktop.planning.{part}",
            [f"desktop/planning/{part}.py"],
            define_macros=[LIMITED_API],
            py_limited_api=True,
        )
        for part in PARTS
    ]
    return list(cythonize(parts, build_dir="build/cython", show_all_warnings=False, quiet=True))


if __name__ == "__main__":
    setup(
        ext_modules=extensions(),
        cmdclass={"build": FreshBuild, "build_ext": SmallBuild},
        options={"bdist_wheel": {"py_limited_api": "cp311"}},
    )
