"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mapapp.errors import AskedWrongly


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody meets half of it.

    Raises
    ------
    AskedWrongly
        Where it cannot be written. What was there before is then as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise AskedWrongly(f"{path} cannot be written ({error.strerror}).") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise AskedWrongly(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        beside.unlink(missing_ok=True)
