"""A sheet as a picture: pixels, and the PNG that carries them."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image, PngImagePlugin

from mapapp.briefing.canvas import Canvas

Pixels = npt.NDArray[np.uint8]
COMPRESSION = 4
"""Of zlib: from here on a picture gets hardly smaller, only slower."""


def pixels(canvas: Canvas, dpi: float) -> Pixels:
    """The sheet as height x width x 3 bytes, red, green, blue."""
    canvas.finish()
    canvas.figure.set_dpi(dpi)
    agg = FigureCanvasAgg(canvas.figure)
    agg.draw()
    return np.ascontiguousarray(np.asarray(agg.buffer_rgba())[..., :3])


def layer(canvas: Canvas, dpi: float) -> Image.Image:
    """The sheet as a picture with its paper left clear, to lay over others."""
    canvas.finish()
    canvas.figure.set_dpi(dpi)
    agg = FigureCanvasAgg(canvas.figure)
    agg.draw()
    return Image.fromarray(np.asarray(agg.buffer_rgba()).copy())


def png(picture: Pixels, dpi: float, texts: Mapping[str, str]) -> bytes:
    """A picture as PNG with its resolution and texts (iTXt) in it; the same input gives the same bytes."""
    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_itxt(name, text)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=COMPRESSION, dpi=(dpi, dpi), pnginfo=info)
    return file.getvalue()
