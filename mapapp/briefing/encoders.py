"""Pictures one after another packed into a file that moves: GIF, WebP, MP4."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import PIL
from PIL import Image

from mapapp.briefing import moving
from mapapp.errors import AskedWrongly

FRAMES_A_SECOND = 5
COLOURS = 256
_SAME_BYTES = ("-fflags", "+bitexact", "-flags:v", "+bitexact")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and how long it stays, in milliseconds."""

    picture: Image.Image
    ms: int


def encoder(kind: str) -> str:
    """What packs files of a kind: another program, or another version of it, may give other bytes."""
    return f"FFmpeg {imageio_ffmpeg.get_ffmpeg_version()}" if kind == "mp4" else f"Pillow {PIL.__version__}"


def encode(shots: Iterator[Shot], kind: str) -> bytes:
    """Pack pictures of one size into a file without a receipt.

    Raises
    ------
    AskedWrongly
        Where the encoder gives up.
    """
    pack: Callable[[Iterator[Shot]], bytes] = {"gif": _gif, "webp": _webp, "mp4": _mp4}[kind]
    return pack(shots)


def with_receipt(content: bytes, kind: str, receipt: str) -> bytes:
    """The same file with a receipt in it: the comment of a GIF or MP4, the XMP of a WebP."""
    put = {"gif": moving.gif_with, "webp": moving.webp_with, "mp4": _mp4_with}[kind]
    return put(content, receipt)


def _gif(shots: Iterator[Shot]) -> bytes:
    """All frames in the colours of a few from all over the span: no colour flickers from frame to frame."""
    taken = list(shots)
    palette = _palette([shot.picture for shot in taken])
    frames = [shot.picture.quantize(palette=palette, dither=Image.Dither.NONE) for shot in taken]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=[shot.ms for shot in taken], loop=0,
                   disposal=1, optimize=False)  # fmt: skip
    return file.getvalue()


def _palette(pictures: list[Image.Image]) -> Image.Image:
    """The colours of a few frames from all over the span."""
    chosen = pictures[:: max(1, len(pictures) // 6)][:8]
    width, height = chosen[0].size
    whole = Image.new("RGB", (width // 2, height // 2 * len(chosen)))
    for number, picture in enumerate(chosen):
        whole.paste(picture.resize((width // 2, height // 2), Image.Resampling.NEAREST), (0, height // 2 * number))
    return whole.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _webp(shots: Iterator[Shot]) -> bytes:
    first, *rest = shots
    file = io.BytesIO()
    first.picture.save(file, "WEBP", save_all=True, append_images=[shot.picture for shot in rest], loop=0, quality=82,
                       method=0, duration=[shot.ms for shot in (first, *rest)])  # fmt: skip
    return file.getvalue()


def _mp4(shots: Iterator[Shot]) -> bytes:
    """H.264, in colours that every player has."""
    first = next(shots)
    width, height = (side - side % 2 for side in first.picture.size)
    with tempfile.TemporaryDirectory(prefix="mapapp-") as folder:
        path = Path(folder) / "moving.mp4"
        command = [
            *_ffmpeg(), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(FRAMES_A_SECOND),
            "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-threads", "2",
            *_SAME_BYTES, str(path),
        ]  # fmt: skip
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            assert running.stdin is not None
            for shot in (first, *shots):
                frame = np.asarray(shot.picture.crop((0, 0, width, height))).tobytes()
                for _ in range(shot.ms * FRAMES_A_SECOND // 1000):
                    running.stdin.write(frame)
            running.stdin.close()
            _require(running.wait())
        return path.read_bytes()


def _mp4_with(content: bytes, receipt: str) -> bytes:
    """With the index at its head too, so that it plays while it loads."""
    with tempfile.TemporaryDirectory(prefix="mapapp-") as folder:
        bare, about, path = (Path(folder) / name for name in ("bare.mp4", "about.txt", "moving.mp4"))
        bare.write_bytes(content)
        about.write_text(f";FFMETADATA1\ncomment={_escaped(receipt)}\n", "utf-8")
        command = [
            *_ffmpeg(), "-i", str(bare), "-i", str(about), "-map_metadata", "1", "-c", "copy", "-movflags",
            "+faststart", *_SAME_BYTES, str(path),
        ]  # fmt: skip
        _require(subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode)
        return path.read_bytes()


def _ffmpeg() -> list[str]:
    return [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]


def _require(code: int) -> None:
    if code != 0:
        raise AskedWrongly("The film could not be made: the encoder gave up.")


def _escaped(text: str) -> str:
    """As the metadata files of FFmpeg have it."""
    return "".join(f"\\{sign}" if sign in "=;#\\\n" else sign for sign in text)
