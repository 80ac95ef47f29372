"""What a reader must know of how a map was made, in a few sentences."""

from __future__ import annotations

from mapapp.briefing.scene import Scene
from mapapp.timeline.zones import COMPUTED


def method_lines(scene: Scene, *, index: bool = False) -> list[str]:
    """Method and limits of a map, or of the maps that an index is about."""
    told = scene.timeline.situation.at_least
    return [f"Only what is {told} is shown."] * bool(told) + [*_ground(scene), *_sites(scene, index)]


def _ground(scene: Scene) -> list[str]:
    if not scene.ground:
        return ["No holder of any ground in view is established for this day."]
    zones = scene.timeline.situation.zones
    settings = scene.timeline.situation.zone_settings
    computed = zones["method"].fillna("").str.startswith(COMPUTED).any() if len(zones) else False
    if not computed:
        return ["Ground as drawn in the control zones on file; its lines are as good as their sources."]
    barrier = f", the {' and the '.join(settings.barriers)} a barrier" if settings.barriers else ""
    return [
        "Ground is computed from dated claims at places: each gives the land nearest to it, up to "
        f"{settings.reach_km:g} km{barrier}. "
        "A line between two colours is half-way between two reports, not a front line."
    ]


def _sites(scene: Scene, index: bool) -> list[str]:
    lines = [
        "Sites in a dashed circle are known only to their town or area. "
        "Head counts are claims, rounded, with their own dates."
    ]
    if scene.elsewhere:
        nowhere = sum(row["longitude"] is None for row in scene.elsewhere)
        far = 0 if index else len(scene.elsewhere) - nowhere
        parts = [f"{far} outside this map"] * bool(far) + [f"{nowhere} without an established place"] * bool(nowhere)
        lines += [f"Not shown: {', '.join(parts)}."] * bool(parts)
    return lines
