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
LEVEL, RUNS = 1, 3
"""Of zlib: the quickest level, and runs of one colour only: a map is a tenth larger so, and made in half the time."""


def pixels(canvas: Canvas, dpi: float) -> Pixels:
    """The sheet as height x width x 3 bytes, red, green, blue."""
    agg = _drawn(canvas, dpi)
    size = agg.get_width_height(physical=True)
    return np.asarray(Image.frombuffer("RGBA", size, agg.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB"))


def _drawn(canvas: Canvas, dpi: float) -> FigureCanvasAgg:
    canvas.finish()
    canvas.figure.set_dpi(dpi)
    agg = FigureCanvasAgg(canvas.figure)
    agg.draw()
    return agg


def layer(canvas: Canvas, dpi: float) -> Image.Image:
    """The sheet as a picture with its paper left clear, to lay over others."""
    return Image.fromarray(np.asarray(_drawn(canvas, dpi).buffer_rgba()).copy())


def png(picture: Pixels, dpi: float, texts: Mapping[str, str]) -> bytes:
    """A picture as PNG with its resolution and texts (iTXt) in it; the same input gives the same bytes."""
    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_itxt(name, text)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=LEVEL, compress_type=RUNS, dpi=(dpi, dpi), pnginfo=info)
    return file.getvalue()
