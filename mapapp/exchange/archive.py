"""An archive of map files: a folder, a zip or a list of files, looked through in the order of their names."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType

from mapapp.errors import AskedWrongly, NotFound
from mapapp.situation.problem import Problem

ZIPS = {".zip", ".kmz"}
COMPANIONS = {".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".shp.xml"}
"""What stands beside a shapefile and is read with it."""
FOLDERS_THAT_ARE_FILES = {".gdb"}


@dataclass(frozen=True, slots=True)
class MapFile:
    """One file of an archive.

    Attributes
    ----------
    name : str
        As a user knows it: its path below what was asked for.
    path : str
        As GDAL opens it.
    dated_by : str
        The name that may tell its day: its own, or for the one map in a .kmz that of the .kmz.
    size : int
        Bytes.
    """

    name: str
    path: str
    dated_by: str
    size: int


@dataclass
class Archive(AbstractContextManager["Archive"]):
    """The files of an archive, open for reading.

    Attributes
    ----------
    files : list of MapFile
        Sorted by name.
    problems : list of Problem
        Files that cannot be opened at all.
    """

    files: list[MapFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _digests: dict[str, str] = field(default_factory=dict)
    _zips: dict[str, tuple[zipfile.ZipFile, str]] = field(default_factory=dict)

    def bytes_of(self, file: MapFile) -> bytes:
        """All of a file; raises OSError, or `zipfile.BadZipFile` where a zip is damaged."""
        if file.path in self._zips:
            container, member = self._zips[file.path]
            return self._noted(file, container.read(member))
        return self._noted(file, Path(file.path).read_bytes())

    def _noted(self, file: MapFile, data: bytes) -> bytes:
        self._digests[file.name] = hashlib.sha256(data).hexdigest()
        return data

    def digest(self) -> str:
        """SHA-256 over the names and bytes of all files that were read, in the order of their names."""
        lines = (f"{name} {digest}\n" for name, digest in sorted(self._digests.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the zips."""
        for container in {id(container): container for container, _ in self._zips.values()}.values():
            container.close()

    def look_through(self, path: Path, name: str) -> None:
        """Take in a file or, recursively, what is in a folder or a zip."""
        if path.suffix.lower() in ZIPS and path.is_file():
            self._look_into_zip(path, name)
        elif path.is_dir() and path.suffix.lower() not in FOLDERS_THAT_ARE_FILES:
            for inner in sorted(path.iterdir()):
                if not inner.name.startswith("."):
                    self.look_through(inner, f"{name}/{inner.name}" if name else inner.name)
        elif not _is_companion(path.name):
            self.files.append(MapFile(name or path.name, str(path), path.name, path.stat().st_size))

    def _look_into_zip(self, path: Path, name: str) -> None:
        try:
            container = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            reason = f"The file cannot be opened as a zip ({error}). Its maps are left out. Fetch it again."
            self.problems.append(Problem(name, "", "", reason))
            return
        only_map = path.suffix.lower() == ".kmz"
        for info in container.infolist():
            inner = PurePosixPath(info.filename)
            if info.is_dir() or _is_companion(inner.name) or any(p.startswith((".", "__MACOSX")) for p in inner.parts):
                continue
            if only_map and inner.suffix.lower() != ".kml":
                continue
            file = MapFile(
                path.name if only_map else info.filename,
                f"/vsizip/{{{path.resolve()}}}/{info.filename}",
                path.name if only_map else inner.name,
                info.file_size,
            )
            self._zips[file.path] = (container, info.filename)
            self.files.append(file)


def open_archive(paths: Iterable[Path]) -> Archive:
    """Look through folders, zips and files.

    Parameters
    ----------
    paths : iterable of Path
        Each a folder (with all folders in it), a zip, or a file in any vector format that GDAL reads.

    Returns
    -------
    Archive
        To be used in a `with` statement. Hidden files and those that only accompany a shapefile are no maps.

    Raises
    ------
    NotFound
        Where a path is not there.
    AskedWrongly
        Where there is no file in any of them.
    """
    archive = Archive()
    for path in paths:
        if not path.exists():
            raise NotFound(f"There is no file or folder {path}.")
        archive.look_through(path, path.name if path.is_file() else "")
    archive.files.sort(key=lambda file: file.name)
    if not archive.files and not archive.problems:
        raise AskedWrongly("There is no map file in what was named.")
    return archive


def _is_companion(name: str) -> bool:
    return any(name.lower().endswith(suffix) for suffix in COMPANIONS)
