"""Set phrases (定型句): the office's and one's own."""

from desktop.services.phrases.service import PhraseService

__all__ = ["PhraseService"]
