"""Pictures: JPEG, PNG, TIFF with several pages. Sizes are read before a point is unpacked."""

from __future__ import annotations

import io
import warnings
from typing import cast

from PIL import Image, ImageOps

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, Inspected, Picture
from desktop.inspection.limits import MOST_SHOWN_POINTS
from desktop.inspection.refusal import RefusedFileError

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.TIFF: "TIFF"}
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    IndexError,
    OverflowError,
)
_SCREEN_DPI = 96
#: No camera and no scanner makes a longer side, and a JPEG cannot have one; a thread of points cannot be shown.
_MOST_SIDE = 65_535


def inspect_image(data: bytes, kind: FileKind, most_pages: int) -> Inspected:
    """Raise RefusedFileError where a picture is not taken. Every page is unpacked once."""
    image = _opened(data, kind)
    # Cameras hide small copies behind a photograph; only a TIFF has pages.
    pages = _pages(image, most_pages) if kind is FileKind.TIFF else 1
    for page in range(pages):
        _unpacked(image, page)
    return Inspected(kind=kind, pages=pages)


def image_page(data: bytes, kind: FileKind, page: int, dpi: int) -> Picture:
    """One page (0 is the first): a point of the picture is a point of the screen at 96 dpi, upright as it was taken."""
    image = _opened(data, kind)
    frame = ImageOps.exif_transpose(_unpacked(image, page))
    shown = _on_white(frame)
    scale = dpi / _SCREEN_DPI
    scale = min(scale, (MOST_SHOWN_POINTS / (shown.width * shown.height)) ** 0.5)
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    drawn = shown if size == shown.size else shown.resize(size)
    return Picture(width=drawn.width, height=drawn.height, rgb=drawn.tobytes())


def _opened(data: bytes, kind: FileKind) -> Image.Image:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = rules.MOST_POINTS
    try:
        return Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFileError(rules.BOMB) from None
    except _BROKEN:
        raise RefusedFileError(rules.BROKEN) from None


def _pages(image: Image.Image, most: int) -> int:
    """How many pages; counting stops where they are too many."""
    pages = 1
    try:
        while True:
            image.seek(pages)
            pages += 1
            if pages > most:
                pages = max(pages, getattr(image, "n_frames", pages))
                raise RefusedFileError(rules.too_many_pages(pages, most))
    except EOFError:
        return pages
    except _BROKEN:
        raise RefusedFileError(rules.BROKEN) from None


def _unpacked(image: Image.Image, page: int) -> Image.Image:
    try:
        image.seek(page)
        if image.width * image.height > rules.MOST_POINTS or max(image.size) > _MOST_SIDE:
            raise RefusedFileError(rules.BOMB)
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFileError(rules.BOMB) from None
    except _BROKEN:
        raise RefusedFileError(rules.BROKEN) from None
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    if image.mode.startswith(("I", "F")):
        grey = image.convert("F")
        low, high = cast("tuple[float, float]", grey.getextrema())
        scale = 255 / ((high - low) or 1)
        return grey.point(lambda value: value * scale - low * scale).convert("L").convert("RGB")
    return image.convert("RGB")
