"""Whose ground a polygon is: one holder for all, or told by a property or the layer, by way of a mapping file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.errors import AskedWrongly
from mapapp.exchange.reading import Layer
from mapapp.situation.problem import Problem
from mapapp.situation.wording import quoted, visible

Array = npt.NDArray[Any]

ACTOR_ID = re.compile(r"[\w.:+-]{1,50}")
LEFT_OUT = ""
"""Stands in a mapping for ground that is left out on purpose."""


@dataclass(slots=True)
class Label:
    """A wording: the holder it stands for (None: nobody knows), how often it was met, and on how much ground."""

    holder: str | None
    polygons: int = 0
    km2: float = 0.0


@dataclass(slots=True)
class Holders:
    """The rule by which polygons get their holder, and every wording that it met.

    Attributes
    ----------
    constant : str
        The holder of everything; empty where it depends.
    column : str
        The property that names the holder; empty for the name of the layer.
    patterns : list of (pattern, str)
        From wording to holder: the first that is found in it wins. Empty: the wording itself is the holder.
    labels : dict of Label
        What was met, in order of appearance.
    """

    constant: str = ""
    column: str = ""
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns that are needed."""
        return [self.column] if self.column else []

    @property
    def by_layer(self) -> bool:
        """Whether the names of layers are needed."""
        return not (self.constant or self.column)

    def of(self, layer: Layer, feature: Array, km2: Array) -> Array:
        """Name the holder of each polygon of a layer.

        Parameters
        ----------
        layer : Layer
            What was read.
        feature : array of int
            The feature that each polygon came from.
        km2 : array of float
            How large each polygon is.

        Returns
        -------
        array of str
            The holder; `LEFT_OUT` where a polygon is to be left out, on purpose or because nobody knows whose it is.
        """
        if self.constant:
            return np.full(len(feature), self.constant, dtype=object)
        words = layer.columns.get(self.column) if self.column else np.full(len(layer.shapes), layer.name, dtype=object)
        if words is None:
            words = np.full(len(layer.shapes), "", dtype=object)
        texts = ["" if pd.isna(word) else str(word).strip() for word in words[feature]]
        for text, size in zip(texts, km2, strict=True):
            label = self.labels.setdefault(text, Label(None)) if text in self.labels else self._meet(text)
            label.polygons += 1
            label.km2 += float(size)
        return np.array([self.labels[text].holder or LEFT_OUT for text in texts], dtype=object)

    def names(self) -> dict[str, str]:
        """What each holder is called: the wording it was first met under where that became its id."""
        if self.constant:
            return {self.constant: self.constant}
        named = {}
        for text, label in self.labels.items():
            if label.holder:
                named.setdefault(label.holder, label.holder if self.patterns else visible(text)[:200])
        return named

    def ranked(self) -> list[str]:
        """Holders from the one that gives way to all to the one that wins: the first row of the mapping wins."""
        return list(dict.fromkeys(holder for _, holder in self.patterns if holder))[::-1]

    def problems(self, file: str) -> list[Problem]:
        """A Problem for each wording that stands for nobody, with its count and area."""
        remedy = "Add a row to the mapping file" if self.patterns else "Give it a name, or use a mapping file"
        return [
            Problem(
                file,
                visible(text)[:60] or "(empty)",
                "holder",
                f"The label {quoted(text)} {'matches no pattern' if self.patterns else 'names nobody'}: "
                f"{_counted(label.polygons)} with {label.km2:,.1f} km2 are left out. {remedy}.",
            )
            for text, label in sorted(self.labels.items())
            if label.holder is None
        ]

    def _meet(self, text: str) -> Label:
        label = self.labels[text] = Label(self._mapped(text) if self.patterns else self._as_id(text))
        return label

    def _mapped(self, text: str) -> str | None:
        return next((holder for pattern, holder in self.patterns if pattern.search(text)), None)

    def _as_id(self, text: str) -> str | None:
        """The wording as an id; two wordings never share one."""
        stem = re.sub(r"[^\w.:+-]+", "_", visible(text)).strip("_")[:45]
        taken = {label.holder for label in self.labels.values()}
        numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
        return next(one for one in numbered if one not in taken) if stem else None


def read_holders(constant: str | None, source: str | None, mapping: Path | None) -> Holders:
    """Make the rule from what was asked for.

    Parameters
    ----------
    constant : str or None
        The holder of everything.
    source : str or None
        `layer`, or `property:COL`.
    mapping : Path or None
        CSV with the columns pattern and holder: the first regular expression that is found in a label wins; an empty
        holder leaves out.

    Raises
    ------
    AskedWrongly
        Where that says nothing, says too much, or cannot be read.
    """
    if (constant is None) == (source is None):
        raise AskedWrongly("Say whose ground it is: either --holder ID, or --holder-from property:COL or layer.")
    if constant is not None:
        if mapping:
            raise AskedWrongly("--mapping goes with --holder-from: with --holder everything has one holder.")
        return Holders(constant=_checked(constant, "--holder"))
    kind, _, column = str(source).partition(":")
    if not (kind == "property" and column) and source != "layer":
        raise AskedWrongly(
            f"--holder-from is {quoted(source)}; it can be layer, or property: and the name of a column."
        )
    return Holders(column=column, patterns=read_mapping(mapping) if mapping else [])


def read_mapping(path: Path) -> list[tuple[re.Pattern[str], str]]:
    """Read a mapping file; raises AskedWrongly where it cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AskedWrongly(f"The mapping file {path} cannot be read ({error}).") from error
    if not {"pattern", "holder"} <= set(reader.fieldnames or []):
        raise AskedWrongly(f"The mapping file {path} needs a first line with the columns pattern and holder.")
    return [_row(row, number, path) for number, row in enumerate(rows, 2)]


def _row(row: dict[str, str], number: int, path: Path) -> tuple[re.Pattern[str], str]:
    where = f"{path.name}, line {number}"
    holder = (row["holder"] or "").strip()
    try:
        pattern = re.compile(row["pattern"] or "")
    except re.error as error:
        raise AskedWrongly(f"{where}: {quoted(row['pattern'])} is no regular expression ({error}).") from error
    if not row["pattern"]:
        raise AskedWrongly(f"{where}: the pattern is empty, which would match every label. Write .* if that is meant.")
    return pattern, _checked(holder, where) if holder else LEFT_OUT


def _checked(holder: str, where: str) -> str:
    if not ACTOR_ID.fullmatch(holder):
        raise AskedWrongly(
            f"{where}: {quoted(holder)} cannot be an actor's id. Use letters, digits and _ . : + - only."
        )
    return holder


def _counted(polygons: int) -> str:
    return "1 polygon" if polygons == 1 else f"{polygons:,} polygons"
