"""What an import has to say at its end: what was left out, mended or assumed, and in which files."""

from __future__ import annotations

from dataclasses import dataclass, field

from mapapp.exchange.reading import Layer
from mapapp.exchange.repair import Polygons
from mapapp.situation.problem import Problem, Severity

WORTH_TELLING_KM2 = 1e-4
"""A repair that changes less ground than this (100 m2) is a repair of rounding."""


@dataclass(slots=True)
class Tally:
    """Collects Problems, those of one kind in many files as one.

    Attributes
    ----------
    problems : list of Problem
        In the order in which they were met.
    left_out : dict
        Kind -> how many, and in which files.
    """

    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, dict[str, int]] = field(default_factory=dict)

    def say(self, file: str, reason: str, severity: Severity = "error", record: str = "", of: str = "") -> None:
        """Enter one Problem; `of` is the field."""
        self.problems.append(Problem(file, record, of, reason, severity, hidden=severity == "error"))

    def take(self, file: str, layer: Layer, found: Polygons) -> None:
        """Enter what became of the shapes of a layer."""
        for kind, count in (
            ("point", found.points),
            ("line", found.lines),
            ("feature without a shape", found.empty),
        ):
            if count:
                files = self.left_out.setdefault(kind, {})
                files[file] = files.get(file, 0) + count
        where = f"layer {layer.name}, " if layer.name else ""
        for remark in layer.remarks:
            self.say(file, f"{where}{remark}.".capitalize(), "warning", of="geometry")
        if found.misplaced:
            reason = (
                f"{found.misplaced} polygons have corners that are not on the Earth and are left out. Longitude comes "
                "before latitude, in degrees, or the file must say what its coordinates are measured in."
            )
            self.say(file, reason, of="geometry")
        for feature, why, km2 in found.repaired:
            changed = f"its area changed by {km2:+,.4g} km2" if abs(km2) >= WORTH_TELLING_KM2 else "its area stayed"
            reason = f"The polygon was not valid ({why.lower()}) and was repaired; {changed}."
            self.say(file, reason, "warning", f"{where}feature {feature + 1}", "geometry")

    def all_problems(self) -> list[Problem]:
        """Everything entered, those of one kind in many files as one Problem at the end."""
        return [*self.problems, *(_summed_up(kind, files) for kind, files in self.left_out.items())]


def _summed_up(kind: str, files: dict[str, int]) -> Problem:
    count, first = sum(files.values()), min(files)
    several = "" if count == 1 else "s"
    kinds = f"{kind}{several}" if kind != "feature without a shape" else f"feature{several} without a shape"
    where = "in this file" if len(files) == 1 else f"in {len(files)} files, of which this is the first"
    reason = f"{count:,} {kinds} {where}: only polygons are ground; {'it is' if count == 1 else 'they are'} left out."
    return Problem(first, "", "geometry", reason, "warning", hidden=False)
