"""The page of an archive of daily maps, and folium's own ways to the same maps, in one run on one machine.

python tests/bench/page.py [--archive DAILY.zip] [--assets NODE_MODULES] [--days N] [--only page,peers,retraced]

page: size, load, memory, 400 steps in a row and 200 at random, and the same for a situation folder with --folder.
peers: folium's TimestampedGeoJson and TimelineSlider over the same maps. The scripts that they load from elsewhere are
answered from a folder of npm packages, at once: npm install leaflet@1.9.3 leaflet-timedimension@1.1.1
iso8601-js-period@0.2.1 moment@2.18.1 jquery@3.7.1 leaflet.timeline@1.6.0. retraced: steps and hover over the made-up
archive of archive.py whose borders are drawn anew with noise. A step is the time from one frame to the next with the
change between them; work is the script's part of it.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import statistics
import sys
import tempfile
import zipfile
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS / "bench")]

from archive import write_retraced  # noqa: E402
from conftest import ROOT, open_chromium  # noqa: E402 (found through the path above)

import mapapp  # noqa: E402
from mapapp import cli, replay  # noqa: E402

ARCHIVE = ROOT.parent / "shared" / "real" / "daily-zones.zip"
DESK = {"width": 1280, "height": 800}
LOADS = 5
IN_ROW, AT_RANDOM = 400, 200
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")

STEPS = """async ([row, random]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const { low, high, go } = (PREPARE)();
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const run = async (steps, place) => {
    const [frames, work] = [[], []];
    await frame();
    let last = performance.now();
    for (let i = 0; i < steps; i++) {
      const begun = performance.now();
      go(place(i));
      work.push(performance.now() - begun);
      await frame();
      frames.push(performance.now() - last);
      last = performance.now();
    }
    return { frames, work };
  };
  const span = high - low;
  return {
    row: await run(row, (i) => low + (i % span)),
    random: await run(random, () => low + Math.floor(next() * span)),
  };
}"""
OURS = """() => {
  const slider = document.getElementById("slider");
  const go = (day) => {
    slider.value = day;
    slider.dispatchEvent(new Event("input"));
  };
  return { low: +slider.min, high: +slider.max, go };
}"""
STAMPED = """() => {
  const map = Object.values(window).find((one) => one instanceof L.Map);
  const { timeDimension: days } = map;
  return { low: 0, high: days.getAvailableTimes().length, go: (i) => days.setCurrentTimeIndex(i) };
}"""
TIMELINE = """() => {
  const one = Object.entries(window).find(([name]) => /^timeline_[0-9a-f]{32}$/.test(name))[1];
  const days = Math.round((one.end - one.start) / 864e5);
  return { low: 0, high: days, go: (i) => one.setTime(one.start + i * 864e5) };
}"""
READY = "html[data-ready]"
PEERS_READY = "path.leaflet-interactive"
WHEN_READY = """new MutationObserver((_, watch) => {
  if (!document.documentElement.hasAttribute("data-ready")) return;
  window.usable = performance.now();
  watch.disconnect();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] })"""


def maps(archive: Path, days: int) -> list[tuple[str, str, dict]]:
    """Day, name and content of the first maps that can be read."""
    found = []
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            day = DAY.search(Path(name).name)
            if not day:
                continue
            try:
                found.append(("-".join(day.groups()), name, json.loads(files.read(name))))
            except ValueError:
                print(f"left out, broken: {name}", file=sys.stderr)
    return found[:days]


def brought_in(paths: list[Path], into: Path) -> Path:
    with redirect_stdout(StringIO()):
        cli.main(["import", "zones", *map(str, paths), "--into", str(into), "--holder", "A"])
    return into


def page_of(folder: Path, out: Path) -> Path:
    replay.write(mapapp.build(mapapp.load(folder)), out)
    return out


def packed_bytes(page: Path) -> dict[str, int]:
    blocks = re.findall(r'<script type="application/octet-stream" id="(\w+)">([^<]*)', page.read_text("utf-8"))
    return {name: len(base64.b64decode(text)) for name, text in blocks}


def flat(geometry: dict) -> dict:
    """Two coordinates a point: Leaflet's plugins trip over a third."""
    trim = lambda part: part[:2] if isinstance(part[0], (int, float)) else [trim(one) for one in part]  # noqa: E731
    return {"type": geometry["type"], "coordinates": trim(geometry["coordinates"])}


def stamped_page(found: list[tuple[str, str, dict]], out: Path) -> Path:
    import folium
    from folium.plugins import TimestampedGeoJson

    features = [
        {"type": "Feature", "geometry": flat(one["geometry"]), "properties": {"times": [day] * _rings(one["geometry"])}}
        for day, _, content in found
        for one in content["features"]
    ]
    shown = folium.Map(location=[48.5, 36], zoom_start=6, tiles=None)
    data = {"type": "FeatureCollection", "features": features}
    TimestampedGeoJson(data, period="P1D", duration="P1D", auto_play=False, add_last_point=False).add_to(shown)
    shown.save(out)
    return out


def _rings(geometry: dict) -> int:
    return len(geometry["coordinates"])


def timeline_page(found: list[tuple[str, str, dict]], out: Path) -> Path:
    import folium
    from folium.plugins import Timeline, TimelineSlider

    ends = [day for day, _, _ in found[1:]] + [found[-1][0]]
    features = [
        {"type": "Feature", "geometry": flat(one["geometry"]), "properties": {"start": day, "end": end}}
        for (day, _, content), end in zip(found, ends, strict=True)
        for one in content["features"]
    ]
    shown = folium.Map(location=[48.5, 36], zoom_start=6, tiles=None)
    line = Timeline({"type": "FeatureCollection", "features": features}).add_to(shown)
    TimelineSlider(auto_play=False).add_timelines(line).add_to(shown)
    shown.save(out)
    return out


def answer_from(context, assets: Path) -> None:
    """Answer requests to other hosts from a folder; what is not there, with an empty file."""
    files = {path.name: path for path in sorted(assets.rglob("*.*"), reverse=True) if path.suffix in (".js", ".css")}

    def answer(route):
        name = route.request.url.rsplit("/", 1)[-1]
        file = files.get(name) or files.get(name.replace(".min.", "."))
        route.fulfill(path=file) if file else route.fulfill(body="")

    context.route(lambda url: not url.startswith("file:"), answer)


def measured(browser, page: Path, ready: str, prepare: str, counts: tuple[int, int], assets: Path | None) -> dict:
    """What a page takes; `load` is until it can be used, by the browser's clock, the median of some."""
    loads = []
    for _ in range(LOADS):
        with opened(browser, page, ready, assets) as window:
            loads.append(window.evaluate("window.usable ?? performance.now()"))
    with opened(browser, page, ready, assets) as window:
        found = window.evaluate(STEPS.replace("PREPARE", prepare), counts)
        session = window.context.new_cdp_session(window)
        session.send("HeapProfiler.collectGarbage")
        usage = session.send("Runtime.getHeapUsage")
    heap = (usage["usedSize"] + usage.get("backingStorageSize", 0)) / 1e6
    return {"load": statistics.median(loads), "heap": heap, **found}


@contextmanager
def opened(browser, page: Path, ready: str, assets: Path | None):
    context = browser.new_context(viewport=DESK)
    if assets:
        answer_from(context, assets)
    window = context.new_page()
    window.set_default_timeout(600_000)
    window.add_init_script(WHEN_READY)
    window.goto(page.as_uri(), wait_until="commit")
    window.wait_for_selector(ready, state="attached")
    yield window
    context.close()


HOVER = """() => {
  const [{ x, y }, times] = [map_replay.getSize(), []];
  for (let i = 0; i < 200; i++) {
    const latlng = map_replay.containerPointToLatLng([x * (0.34 + (i % 20) * 0.016), y * (0.2 + (i % 17) * 0.035)]);
    const begun = performance.now();
    map_replay.fire("click", { latlng });
    times.push(performance.now() - begun);
  }
  return times;
}"""


def hovered(browser, page: Path) -> None:
    with opened(browser, page, READY, None) as window:
        window.evaluate("new Promise((done) => requestIdleCallback(done))")
        first, *times = window.evaluate(HOVER)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    print(
        f"  ground under the pointer: first {first:.1f} ms, median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms"
    )


def told(name: str, page: Path, found: dict) -> None:
    print(f"\n{name}: {page.stat().st_size / 1e3:,.0f} KB, usable {found['load']:,.0f} ms, heap {found['heap']:.1f} MB")
    for kind in ("row", "random"):
        for what in ("frames", "work"):
            values = sorted(found[kind][what])
            p95 = values[int(len(values) * 0.95)]
            print(f"  {kind:7} {what:7} median {statistics.median(values):7.1f} ms   p95 {p95:7.1f} ms")


def written(found: list[tuple[str, str, dict]], folder: Path) -> list[Path]:
    folder.mkdir()
    for day, _, content in found:
        (folder / f"map_{day}.geojson").write_text(json.dumps(content), "utf-8")
    return [folder]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--archive", type=Path, default=ARCHIVE)
    asked.add_argument("--folder", type=Path, help="a situation folder to be measured as well")
    asked.add_argument("--assets", type=Path)
    asked.add_argument("--days", type=int, default=10_000)
    asked.add_argument("--only", default="page,peers,retraced")
    args = asked.parse_args()
    parts, found = args.only.split(","), maps(args.archive, args.days)
    with tempfile.TemporaryDirectory() as made, open_chromium() as browser:
        scratch = Path(made)
        if "page" in parts:
            folder = brought_in(written(found, scratch / "maps"), scratch / "made")
            for each in filter(None, (folder, args.folder)):
                page = page_of(each, scratch / "page.html")
                told(each.name, page, measured(browser, page, READY, OURS, (IN_ROW, AT_RANDOM), None))
                sizes = packed_bytes(page)
                print("  packed:", ", ".join(f"{kind} {size / 1e3:.1f} KB" for kind, size in sizes.items()))
        if "peers" in parts and args.assets:
            for name, make, prepare in (
                ("TimestampedGeoJson", stamped_page, STAMPED),
                ("Timeline", timeline_page, TIMELINE),
            ):
                page, counts = make(found, scratch / f"{name}.html"), (IN_ROW // 10, AT_RANDOM // 10)
                told(name, page, measured(browser, page, PEERS_READY, prepare, counts, args.assets))
        if "retraced" in parts:
            write_retraced(scratch / "retraced")
            with redirect_stdout(StringIO()):
                source, into = str(scratch / "retraced"), str(scratch / "retraced-in")
                cli.main(["import", "zones", source, "--into", into, "--holder-from", "property:side"])
            page = page_of(scratch / "retraced-in", scratch / "retraced.html")
            told("re-traced borders", page, measured(browser, page, READY, OURS, (IN_ROW, AT_RANDOM), None))
            hovered(browser, page)


if __name__ == "__main__":
    main()
