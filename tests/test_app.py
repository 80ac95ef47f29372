"""The app without a browser: it opens every folder, says what is wrong with it, and restores a link."""

from __future__ import annotations

import gc
import sys
import tomllib
import weakref
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import situations as made
from conftest import ROOT
from defects import DEFECTS, TOML
from situations import drop, put
from streamlit import config
from streamlit.testing.v1 import AppTest

from mapapp.app import cache, garbage, keys
from mapapp.app.bar import PAGES, script
from mapapp.app.keys import View
from mapapp.timeline import lookback

MAIN = ROOT / "mapapp" / "app" / "main.py"
PATIENCE_SECONDS = 60


@pytest.fixture
def open_app(monkeypatch):
    """Open the app on a folder (none: the bundled one) with a query in the address."""

    # Streamlit would look through everything that is installed for components, each time.
    monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)

    def opened(folder=None, **query):
        monkeypatch.setattr(sys, "argv", ["main.py", *([str(folder)] if folder else [])])
        app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE_SECONDS)
        for key, text in query.items():
            app.query_params[key] = text
        return app.run()

    return opened


def components(app):
    """The names of the components on the page."""
    return {element.proto.component_name for element in app.get("bidi_component")}


def texts(app):
    return [element.value for kind in (app.subheader, app.text) for element in kind]


def test_the_bundled_situation_opens_on_its_latest_day(open_app, situation):
    app = open_app()
    assert not app.exception
    assert app.session_state.view == View(situation.last_day)
    assert components(app) == {"mapapp_bar", "mapapp_frame", "mapapp_board"}


def test_a_link_restores_day_facility_and_filters(open_app):
    app = open_app(date="2026-01-20", facility="al-hol", kind="camp,prison", status="closed", holder="unknown,GOV")
    assert not app.exception
    assert app.session_state.notices == []
    assert app.session_state.view == View(
        date(2026, 1, 20), ("facility", "al-hol"), ("camp", "prison"), ("closed",), ("GOV", "unknown")
    )


def test_a_link_restores_which_records_are_looked_at_and_what_is_compared(open_app):
    days = {"from": "2026-01-04", "from-known": "2026-01-10", "known": "2026-01-19"}
    app = open_app(date="2026-01-20", confirmed="yes", **days)
    assert not app.exception
    assert app.session_state.notices == []
    since, since_known, known = (date.fromisoformat(day) for day in days.values())
    assert app.session_state.view == View(
        date(2026, 1, 20), known=known, confirmed=True, since=since, since_known=since_known
    )


def test_a_site_that_was_not_on_record_then_is_left_out_with_a_sentence(open_app, situation):
    then = lookback.look_back(situation, date(2026, 1, 5))
    later = sorted(set(situation.facilities.index) - set(then.facilities.index))
    app = open_app(known="2026-01-05", facility=later[0])
    assert not app.exception
    assert app.session_state.view == View(situation.last_day, known=date(2026, 1, 5))
    assert len(app.session_state.notices) == 1


def test_a_folder_of_drawn_zones_can_be_looked_back_on(tmp_path, open_app):
    app = open_app(made.make(tmp_path / "situation"), known="2026-01-12")
    assert not app.exception
    assert app.session_state.view.known == date(2026, 1, 12)


@pytest.mark.parametrize("look", [{}, {"known": "2026-01-19"}, {"confirmed": "yes"}], ids=["all", "known", "confirmed"])
def test_every_page_opens_however_it_is_looked_at(open_app, look):
    app = open_app(date="2026-01-20", **look)
    for page in PAGES:
        app.switch_page(script(page)).run()
        assert not app.exception, page
        assert keys.write(app.session_state.view) == {"date": "2026-01-20", **look}
        assert "mapapp_bar" in components(app)
        assert not [text.value for text in app.markdown if "st-key" not in text.value], "a remark in a script is shown"


@pytest.mark.parametrize(
    "query",
    [
        {"date": "20 January"},
        {"date": "1999-01-01"},
        {"date": "2026-02-30"},
        {"facility": "atlantis"},
        {"place": "../../etc/passwd"},
        {"event": "E044'; drop table"},
        {"kind": "castle"},
        {"status": "open,<img src=x onerror=alert(1)>"},
        {"holder": "NOBODY"},
        {"known": "2030-01-01"},
        {"confirmed": "perhaps"},
        {"from": "1999-01-01"},
        {"from-known": "<b>"},
    ],
    ids=lambda query: next(iter(query)),
)
def test_a_value_that_means_nothing_is_left_out_with_a_sentence(open_app, situation, query):
    app = open_app(**query)
    assert not app.exception
    assert app.session_state.view == View(situation.last_day)
    assert len(app.session_state.notices) == 1


def test_the_address_and_the_view_say_the_same(timeline):
    days = {"known": date(2026, 1, 19), "since": date(2026, 1, 2), "since_known": date(2026, 1, 3)}
    chosen = ("event", "E044"), ("prison",), ("closed", "open"), ("SDF", "unknown")
    view = View(date(2026, 1, 20), *chosen, **days, confirmed=True)
    assert keys.read(keys.write(view), timeline) == (view, [])
    assert keys.from_message(keys.as_message(view), view, timeline) == view


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_broken_folder_shows_its_problem_and_never_a_traceback(defect, tmp_path, open_app):
    folder = made.make(tmp_path / "situation")
    defect.edit(folder)
    app = open_app(folder)
    assert not app.exception
    app.switch_page("data_page.py").run()
    assert not app.exception
    reasons = [reason for table in app.dataframe if "reason" in table.value for reason in table.value["reason"]]
    assert len(reasons) == 1
    assert defect.phrase in reasons[0]
    assert f"{int(defect.hidden)} records not shown" in texts(app)


@pytest.mark.parametrize(
    "edit", [drop(TOML), put(TOML, "[situation\nid = 1"), put(TOML, b"\xff\xfe")], ids=["missing", "broken", "not text"]
)
def test_a_folder_that_cannot_be_opened_says_so_and_what_to_do(edit, tmp_path, open_app):
    folder = made.make(tmp_path / "situation")
    edit(folder)
    app = open_app(folder)
    assert not app.exception
    assert "This folder cannot be opened" in texts(app)
    assert any("situation.toml" in text for text in texts(app))
    assert not components(app)


def test_a_folder_that_is_not_there_says_so(tmp_path, open_app):
    app = open_app(tmp_path / "nowhere")
    assert not app.exception
    assert "This folder cannot be opened" in texts(app)


def test_a_changed_folder_is_read_again(tmp_path, open_app):
    folder = made.make(tmp_path / "situation")
    assert open_app(folder).session_state.view.day == date(2026, 3, 31)
    toml = folder / TOML
    toml.write_text(toml.read_text("utf-8").replace("2026-03-31", "2026-02-28"), "utf-8")
    assert open_app(folder).session_state.view.day == date(2026, 2, 28)


def settings(section: str, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from settings(f"{section}.{name}", value)
        else:
            yield f"{section}.{name}", value


def test_streamlit_knows_every_setting_it_is_given_and_runs_no_full_collection_after_each_run():
    given = tomllib.loads((MAIN.parent / ".streamlit" / "config.toml").read_text())
    told = dict(setting for section, values in given.items() for setting in settings(section, values))
    for name in told:
        config.get_option(name)  # an unknown one is refused
    assert told["runner.postScriptGC"] is False


class Waiting:
    """A timer that a test lets go off."""

    def __init__(self, seconds, work):
        self.work, self.is_on = work, False

    def start(self):
        self.is_on = True

    def cancel(self):
        self.is_on = False


def test_garbage_is_collected_after_the_last_page_and_all_that_is_kept_seldom(open_app, monkeypatch):
    timers, collected = [], []
    monkeypatch.setattr(garbage, "Timer", lambda *told: timers.append(Waiting(*told)) or timers[-1])
    monkeypatch.setattr(garbage, "_collector", garbage._Collector())
    app = open_app()
    app.run()
    assert [one.is_on for one in timers][-2:] == [False, True], "a page that runs puts it off"
    assert sum(one.is_on for one in timers) == 1
    with garbage.put_off():
        assert not any(one.is_on for one in timers), "nor does it fall into one that takes long"
    assert timers[-1].is_on
    monkeypatch.setattr(garbage.gc, "collect", lambda generation=2: collected.append(generation))
    for _ in range(2 * garbage.SELDOM):
        timers[-1].work()
    assert (collected.count(1), collected.count(2)) == (2 * garbage.SELDOM - 2, 2)


@pytest.mark.parametrize("page", list(PAGES))
def test_a_look_back_that_is_left_is_let_go_of_at_once(open_app, page, monkeypatch):
    made = []
    looked_back = lookback.looked_back
    monkeypatch.setattr(lookback, "looked_back", lambda *asked: made.append(looked_back(*asked)) or made[-1])
    monkeypatch.setattr("streamlit.download_button", lambda *_, **__: None)  # without a server nobody takes it back
    cache._look_back.clear()
    app = open_app(known="2026-01-18").switch_page(str(script(page))).run()
    gc.disable()
    try:
        for known in ("2026-01-20", "2026-01-22"):
            left = [weakref.ref(one) for one in made]
            made.clear()
            app.query_params["known"] = known
            app.run()
            assert made
        for kept in (cache._look_back, cache._fronts, cache._html, cache._kept):
            kept.clear()
        assert not any(one() for one in left)
    finally:
        gc.enable()
