"""A new situation folder: every file with a made-up example in it, to be replaced by one's own records."""

from __future__ import annotations

from pathlib import Path

from mapapp.errors import AskedWrongly
from mapapp.situation import guide
from mapapp.situation.writers import write_whole

EXAMPLE = Path(__file__).with_name("starter")
GUIDE = "SCHEMA.md"


def start(folder: Path) -> list[Path]:
    """Write the example situation into a folder.

    Parameters
    ----------
    folder : Path
        It is made where it is absent; it must be empty, so that no file is lost.

    Returns
    -------
    list of Path
        What was written: the files of the example, and the guide to their columns. `check` finds nothing in them.

    Raises
    ------
    AskedWrongly
        Where the folder holds anything, or cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AskedWrongly(f"{folder} is there and not empty. Name a folder that is not there yet.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AskedWrongly(
            f"{folder} cannot be made ({error.strerror}). Make the folder it stands in first."
        ) from error
    for example in sorted(EXAMPLE.iterdir()):
        write_whole(folder / example.name, example.read_bytes())
    write_whole(folder / GUIDE, guide.markdown())
    return sorted(folder.iterdir())
