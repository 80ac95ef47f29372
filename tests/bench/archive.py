"""An archive of daily maps, from files to answers, in one run on one machine: python tests/bench/archive.py [PART...]

Parts: import (beside what geopandas.read_file alone takes on the same files), exact (every day against its original
file), join (beside one geopandas.sjoin a day), large (ten million points), growth (50 to all days), retraced (a made-up
archive whose borders are drawn anew with noise). Without parts, all but `large`. The archive is
../shared/real/daily-zones.zip; where it is absent, only `retraced` runs. Every figure is taken in a process of its own:
CPU and wall time in seconds, peak memory in MB.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
ARCHIVE = ROOT.parent / "shared" / "real" / "daily-zones.zip"
GROWTH = (50, 100, 200, 400, 10_000)
POINTS = 1_000_000
SIDES = ("North", "Middle", "South")


# --- what is measured, each in a process of its own ------------------------------------------------------------------


def peer(folder: str) -> dict:
    import geopandas

    read = 0
    for path in sorted(Path(folder).iterdir()):
        try:
            geopandas.read_file(path)
            read += 1
        except RuntimeError:
            print(f"geopandas cannot read {path.name}", file=sys.stderr)
    return {"files": read}


def bring_in(folder: str, into: str, grid: str, *holder: str) -> dict:
    from mapapp.cli import main

    with redirect_stdout(StringIO()) as said:
        main(["import", "zones", folder, "--into", into, "--grid", grid, *holder])
    return {"said": said.getvalue()}


def write_page(into: str, out: str) -> dict:
    """The page of the folder, and the bytes in it that carry records and ground."""
    import mapapp
    from mapapp import replay

    replay.write(mapapp.build(mapapp.load(into)), out)
    packed = re.findall(r'id="(?:records|ground)">([^<]*)', Path(out).read_text("utf-8"))
    return {
        "page": Path(out).stat().st_size / 1000,
        "payload": sum(len(base64.b64decode(one)) for one in packed) / 1000,
    }


def reopen(into: str) -> dict:
    from mapapp.timeline import store

    begun = time.perf_counter()
    stored = store.load(Path(into))
    days = stored.days["state"].value_counts().to_dict()
    return {
        "open": time.perf_counter() - begun,
        "units": len(stored.composite.units),
        "spans": len(stored.composite.spans),
        **{state: int(count) for state, count in days.items()},
    }


def exact(folder: str, into: str, step: str, column: str) -> dict:
    """The worst relative error of the area of any day, and the worst symmetric difference as a share of that area."""
    import geopandas
    import shapely

    from mapapp.timeline import store

    stored = store.load(Path(into))
    units, worst = stored.composite.units.geometry, {"area": 0.0, "apart": 0.0}
    maps = stored.days[stored.days["state"] == "map"]
    for row in maps.iloc[:: int(step)].itertuples():
        original = geopandas.read_file(Path(folder) / Path(row.file).name)
        holders = stored.composite.holders(row.day.date()).dropna()
        for holder in set(holders):
            drawn = original.geometry if not column else original.geometry[original[column] == holder]
            drawn = shapely.union_all(drawn.to_numpy())
            held = shapely.coverage_union_all(shapely.get_parts(units[holders.index[holders == holder]].to_numpy()))
            worst["area"] = max(worst["area"], abs(held.area - drawn.area) / drawn.area)
            worst["apart"] = max(worst["apart"], shapely.symmetric_difference(held, drawn).area / drawn.area)
    return worst


def join(into: str, count: str) -> dict:
    """Random dated points, joined by one look-up and by one geopandas.sjoin for each day."""
    import geopandas
    import numpy as np
    import shapely

    from mapapp.timeline import store
    from mapapp.timeline.lookup import lookup

    composite, days = (stored := store.load(Path(into))).composite, stored.days["day"]
    x, y, day = _random_points(composite, days, int(count))
    maps = {}
    for when in np.unique(day):
        held = composite.holders(date(1970, 1, 1) + timedelta(days=int(when))).dropna()
        shapes = composite.units.geometry[held.index].to_numpy()
        maps[when] = geopandas.GeoDataFrame(
            {"holder": sorted(set(held))},
            geometry=[shapely.coverage_union_all(shapely.get_parts(shapes[held == h])) for h in sorted(set(held))],
            crs=4326,
        )
    begun = time.process_time()
    points = geopandas.GeoDataFrame({"day": day}, geometry=geopandas.points_from_xy(x, y), crs=4326)
    parts = [points[points["day"] == when].sjoin(ground, predicate="within")["holder"] for when, ground in maps.items()]
    by_day = np.full(len(points), None, dtype=object)
    for part in parts:
        by_day[part.index] = part.to_numpy()
    peer_cpu = time.process_time() - begun
    begun = time.process_time()
    asked = lookup(composite)
    held = asked.holders[asked.holder[asked.spans_at(asked.units_at(x, y), day)]]
    own_cpu = time.process_time() - begun
    begun = time.process_time()
    asked.join(x, y, day)
    return {
        "sjoin": peer_cpu,
        "lookup": own_cpu,
        "with_front": time.process_time() - begun,
        "different": int((held != by_day).sum()),
    }


def large(into: str, folder: str, count: str) -> dict:
    from mapapp.cli import main

    with redirect_stdout(StringIO()) as said:
        source, out = f"{folder}/points.csv", f"{folder}/joined.csv"
        main(["join", source, "--in", into, "--date-column", "day", "--out", out])
    return {"said": said.getvalue().splitlines()[0], "points": int(count)}


def _random_points(composite, days, count: int):
    import numpy as np

    rng = np.random.default_rng(7)
    west, south, east, north = composite.units.total_bounds
    first = (days.min() - days.min().replace(year=1970, month=1, day=1)).days
    x, y = rng.uniform(west, east, count), rng.uniform(south, north, count)
    return x, y, rng.integers(first, first + len(days), count)


# --- the run ---------------------------------------------------------------------------------------------------------


def measured(part: str, *arguments: object) -> dict:
    """The result of a function above, run in a new process, with what it took."""
    command = [sys.executable, __file__, "--child", part, *map(str, arguments)]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{part} failed:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {**found, "wall": time.perf_counter() - begun}


def child(part: str, *arguments: str) -> None:
    found = globals()[part](*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found |= {"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}
    print(json.dumps(found))


def line(what: str, found: dict, *more: str) -> None:
    figures = f"{found['cpu']:7.1f} s CPU {found['wall']:7.1f} s {found['memory']:7.0f} MB"
    print(f"{what:<44}{figures}  {'; '.join(more)}")


def files_of(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def size_kb(folder: Path) -> float:
    return sum(path.stat().st_size for path in (folder / "composite").iterdir()) / 1000


def run_import(maps: Path, home: Path) -> None:
    read = measured("peer", maps)
    line("geopandas.read_file alone", read, f"{read['files']} files")
    for grid in ("1e-05", "1e-06"):
        into = home / f"grid{grid}"
        found = measured("bring_in", maps, into, grid, "--holder", "HELD")
        before = files_of(into)
        measured("bring_in", maps, into, grid, "--holder", "HELD")
        same = "second run: the same bytes" if files_of(into) == before else "SECOND RUN DIFFERS"
        ratio = f"{found['cpu'] / read['cpu']:.2f} times the plain read"
        line(f"import, grid {grid}", found, ratio, f"{size_kb(into):.0f} KB", same)
        opened = measured("reopen", into)
        page = measured("write_page", into, home / "page.html")
        both = f"import plus page {(found['cpu'] + page['cpu']) / read['cpu']:.2f} times the plain read"
        line("the page of it", page, f"{page['page']:.0f} KB", f"payload {page['payload']:.1f} KB", both)
        states = ", ".join(f"{opened[state]} {state}" for state in ("map", "carried") if state in opened)
        line("open it again", opened, f"{opened['open']:.2f} s of it", f"{opened['units']} units", states)
    print(*found["said"].splitlines()[:4], sep="\n")


def run_exact(maps: Path, home: Path) -> None:
    for grid in ("1e-05", "1e-06"):
        into = home / f"grid{grid}"
        if not into.exists():
            measured("bring_in", maps, into, grid, "--holder", "HELD")
        found = measured("exact", maps, into, 1, "")
        line(
            f"every day against its file, grid {grid}",
            found,
            f"area {found['area']:.1e}",
            f"apart {found['apart']:.1e}",
        )


def run_join(maps: Path, home: Path) -> None:
    into = home / "grid1e-05"
    if not into.exists():
        measured("bring_in", maps, into, "1e-05", "--holder", "HELD")
    found = measured("join", into, POINTS)
    times = found["sjoin"] / found["lookup"]
    line(
        f"join of {POINTS:,} points",
        found,
        f"one sjoin a day {found['sjoin']:.1f} s",
        f"look-up {found['lookup']:.2f} s ({times:.0f} times faster)",
        f"with front and change {found['with_front']:.1f} s",
        f"{found['different']} points differ",
    )


def run_large(maps: Path, home: Path) -> None:
    import numpy as np
    import pandas as pd

    from mapapp.timeline import store

    into = home / "grid1e-05"
    if not into.exists():
        measured("bring_in", maps, into, "1e-05", "--holder", "HELD")
    stored = store.load(into)
    for number in range(10):
        x, y, day = _random_points(stored.composite, stored.days["day"], POINTS)
        days = np.datetime_as_string(day.astype("datetime64[D]"))
        table = pd.DataFrame({"day": days, "longitude": x.round(6), "latitude": y.round(6)})
        table.to_csv(home / "points.csv", mode="a", header=not number, index=False)
    found = measured("large", into, home, 10 * POINTS)
    line("join of 10,000,000 points from file to file", found, found["said"])


def run_growth(maps: Path, home: Path) -> None:
    paths, rows = sorted(maps.iterdir()), []
    for days in GROWTH:
        some = home / f"first{days}"
        some.mkdir()
        for path in paths[:days]:
            (some / path.name).symlink_to(path)
        into = home / f"grown{days}"
        found = measured("bring_in", some, into, "1e-05", "--holder", "HELD")
        opened, page = measured("reopen", into), measured("write_page", into, home / f"grown{days}.html")
        line(f"import of {opened['map']} days", found, f"payload {page['payload']:.1f} KB", f"{opened['spans']} spans")
        rows.append((opened["map"], found["cpu"], found["memory"], page["payload"]))
    plotted(rows, Path(tempfile.gettempdir()) / "growth.png")


def plotted(rows: list[tuple[float, ...]], out: Path) -> None:
    """Time, memory and payload over the days, each beside the straight line from nothing to its last point."""
    import matplotlib.pyplot as plt

    days, *figures = zip(*rows, strict=True)
    _, axes = plt.subplots(1, 3, figsize=(10, 3), layout="constrained")
    names = ("import, seconds of CPU", "import, peak MB", "payload in the page, KB")
    for axis, name, values in zip(axes, names, figures, strict=True):
        axis.plot(days, values, marker="o", color="#0b5cad", label="measured")
        axis.plot([0, days[-1]], [0, values[-1]], linestyle=":", color="#667", label="in proportion")
        axis.set(title=name, xlabel="daily maps", xlim=0, ylim=0)
    axes[0].legend(frameon=False)
    plt.savefig(out, dpi=110)
    print(f"plotted in {out}")


def run_retraced(_: Path | None, home: Path) -> None:
    maps, into = home / "retraced", home / "retraced-in"
    write_retraced(maps)
    read = measured("peer", maps)
    line("re-traced borders: geopandas.read_file alone", read, f"{read['files']} files")
    found = measured("bring_in", maps, into, "1e-05", "--holder-from", "property:side")
    line("import", found, f"{found['cpu'] / read['cpu']:.2f} times the plain read", f"{size_kb(into):.0f} KB")
    opened = measured("reopen", into)
    line("open it again", opened, f"{opened['open']:.2f} s", f"{opened['units']} units, {opened['spans']} spans")
    page = measured("write_page", into, home / "retraced.html")
    line("the page of it", page, f"{page['page']:.0f} KB", f"payload {page['payload']:.0f} KB")
    off = measured("exact", maps, into, 50, "side")
    line("every 50th day against its file", off, f"area {off['area']:.1e}", f"apart {off['apart']:.1e}")


def write_retraced(folder: Path, days: int = 1000, vertices: int = 700) -> None:
    """Two fronts part a box into three; every day a stretch of each moves and some of its vertices jitter."""
    import numpy as np

    rng = np.random.default_rng(1)
    x = np.linspace(36, 42, vertices)
    true = [np.column_stack([x, base + np.cumsum(rng.normal(0, 0.01, vertices))]) for base in (34, 36)]
    drawn = [front.copy() for front in true]
    folder.mkdir()
    for number in range(days):
        for front, line_drawn in zip(true, drawn, strict=True):
            stretch = slice(first := rng.integers(0, vertices - 6), first + 6)
            front[stretch, 1] += rng.normal(0, 0.01)
            line_drawn[stretch] = front[stretch]
            jitter = rng.integers(1, vertices - 1, 4)
            line_drawn[jitter] = front[jitter] + rng.normal(0, 0.0005, (4, 2))
        south, north = (line_drawn.round(6).tolist() for line_drawn in drawn)
        rings = ([*north, [42, 38], [36, 38]], [*south, *north[::-1]], [[36, 32], [42, 32], *south[::-1]])
        features = [
            {
                "type": "Feature",
                "properties": {"side": side},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
            for side, ring in zip(SIDES, rings, strict=True)
        ]
        path = folder / f"{date(2021, 1, 1) + timedelta(days=number)}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


RUNS = {
    "import": run_import,
    "exact": run_exact,
    "join": run_join,
    "large": run_large,
    "growth": run_growth,
    "retraced": run_retraced,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*RUNS, []], default=[])
    parts = parser.parse_args().parts or [part for part in RUNS if part != "large"]
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        maps = None
        if ARCHIVE.exists():
            maps = home / "maps"
            with zipfile.ZipFile(ARCHIVE) as packed:
                packed.extractall(maps)
        for part in parts:
            if maps or part == "retraced":
                RUNS[part](maps, home)
            else:
                print(f"{part}: {ARCHIVE} is absent")


if __name__ == "__main__":
    child(*sys.argv[2:]) if sys.argv[1:2] == ["--child"] else main()
