"""How a look into a file ends where it is not taken."""

from __future__ import annotations


class RefusedFileError(Exception):
    """The file is not taken; `sentence` says why. It holds nothing of the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
