"""The tour: the real program, driven through the main job by its real widgets, leaves pictures and PDFs.

It is what `run` shows where there is no display, what the README's pictures come from, and a smoke test of the bundle.
"""

from desktop.tour.run import run_tour

__all__ = ["run_tour"]
