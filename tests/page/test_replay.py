"""The page of a run in a real browser: opens without a network, plays, filters, picks, is read by all."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.page.conftest import Opener

from aegean_sim.page.assembling import Front, assembled
from aegean_sim.page.encoding import packed
from aegean_sim.page.replay import replay_of
from aegean_sim.page.run_page import run_page
from aegean_sim.recording.life import life_of
from aegean_sim.recording.reading import StoredRun

NASTY = "<img src=x onerror=\"document.title='taken'\"></script><b>{{payload}}"
DAY = 86_400


def time_of(page: Page) -> float:
    return float(page.evaluate("aegeanSim.time()"))


def settle(page: Page) -> None:
    page.wait_for_timeout(350)


def is_empty_of_violations(page: Page) -> bool:
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
    assert told == []
    return True


def test_it_opens_at_once_and_tells_lives_first(opened: Opener, replayed: Path, run: StoredRun) -> None:
    page = opened(replayed)
    first_ms = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert first_ms < 1000.0
    voyages = run.table("voyages")
    lives = page.locator("header .lives dd").all_inner_texts()
    assert lives[0] == f"{voyages['persons_dead'].sum():,}"
    assert page.locator("header .lives dt").first.inner_text() == "dead"
    assert run.manifest.fingerprint[:12] in page.locator("header .origin").inner_text()
    assert "model boundary, indicative only" in page.locator("#seas-note").inner_text()


def test_the_same_run_gives_the_same_page(replayed: Path, run: StoredRun) -> None:
    assert run_page(run) == replayed.read_text(encoding="utf-8")


def test_it_plays_and_pauses_and_is_drawn_often_enough(opened: Opener, replayed: Path) -> None:
    page = opened(replayed)
    begin = time_of(page)
    page.click("#play")
    best = 0.0
    for _ in range(4):
        page.wait_for_timeout(700)
        best = max(best, float(page.evaluate("aegeanSim.fps()")))
        if best >= 20.0:
            break
    page.click("#play")
    then = time_of(page)
    page.wait_for_timeout(200)
    assert then > begin
    assert time_of(page) == then
    assert best >= 20.0
    assert page.evaluate("aegeanSim.drawMs()") < 12.0


def test_scrubbing_keys_and_the_address_move_the_clock(opened: Opener, replayed: Path) -> None:
    page = opened(replayed)
    page.locator("#time").fill(str(DAY))
    assert time_of(page) == DAY
    page.locator("#sea").focus()
    for key, expected in ((".", DAY + 3600), (",", DAY), (":", DAY + 60), ("Home", 0), ("End", 4 * DAY)):
        page.keyboard.press(key)
        assert time_of(page) == expected, key
    page.evaluate(f"aegeanSim.seek({DAY + 7200})")
    settle(page)
    assert page.locator("#clock").inner_text() == "2016-06-02 02:00 UTC"
    again = opened(replayed, page.evaluate("location.hash"))
    assert time_of(again) == DAY + 7200
    page.keyboard.press("Space")
    assert page.evaluate("aegeanSim.playing()")
    page.keyboard.press("Space")


def test_numbers_at_the_end_are_those_of_the_run(opened: Opener, replayed: Path, run: StoredRun) -> None:
    page = opened(replayed, "#sea=central-med")
    page.evaluate(f"aegeanSim.seek({4 * DAY})")
    tally = page.evaluate("aegeanSim.tally()")
    voyages = run.table("voyages")
    here = voyages[(voyages["theatre"] == "central-med") & ~voyages["ended_s"].isna()]
    for fate in ("dead", "rescued", "met", "stopped", "landed"):
        assert tally[fate] == here[f"persons_{fate}"].sum(), fate
    assert tally["dead"] > 0
    assert tally["sent"] == (run.table("responses")["theatre"] == "central-med").sum() > 0
    expect(page.locator("#so-far .sent dd")).to_have_text(f"{tally['sent']:,}")
    page.get_by_role("button", name="Aegean").click()
    assert page.evaluate("aegeanSim.sea()") == "aegean"


def test_every_life_is_told_as_trace_tells_it(opened: Opener, replayed: Path, run: StoredRun) -> None:
    page = opened(replayed)
    names = page.evaluate("aegeanSim.boats()")
    assert len(names) == len(run.table("voyages"))
    for boat, name in enumerate(names):
        told = [tuple(each) for each in page.evaluate(f"aegeanSim.life({boat})")]
        known = [(int(each.time_s), each.words) for each in life_of(run, name)]
        assert sorted(told) == sorted(known), name
        assert [time for time, _ in told] == sorted(time for time, _ in told)


def test_a_boat_is_picked_on_the_map_and_its_life_follows_the_clock(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, "#off=units")
    spot = page.evaluate("aegeanSim.spots().findLast((spot) => spot.boat >= 0)")
    box = page.locator("#sea").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    picked = page.evaluate("aegeanSim.picked()")
    assert picked in page.locator("#life h2").inner_text()
    page.locator("#life li button").last.click()
    settle(page)
    assert page.locator("#life li:not(.past)").count() == 0
    page.keyboard.press("Escape")
    assert page.evaluate("aegeanSim.picked()") is None


def test_events_filter_sort_and_lead_to_the_boat(opened: Opener, replayed: Path, run: StoredRun) -> None:
    page = opened(replayed, f"#sea=central-med&tab=events&t={4 * DAY}")
    contacts = run.table("contacts")
    page.select_option("#kind", "seen")
    count = f" of {(contacts['theatre'] == 'central-med').sum():,}"
    assert page.locator("#rows-told").inner_text().endswith(count)
    page.select_option("#kind", "deaths")
    assert page.locator("tr.dead").count() > 0
    page.select_option("#kind", "all")
    page.fill("#find", "lcg")
    assert all("lcg" in row.lower() for row in page.locator("#rows tr").all_inner_texts())
    page.get_by_role("button", name="Who").click()
    who = page.locator("#rows tr td:last-child").all_inner_texts()
    assert who == sorted(who)
    assert page.locator("th[aria-sort='ascending']").inner_text().startswith("Who")
    page.locator("#rows td:nth-child(3) button").first.click()
    assert page.evaluate("aegeanSim.picked()")


def test_a_click_on_a_chart_goes_there_and_filters(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, "#sea=central-med&t=0")
    chart = page.locator(".chart > canvas").first
    chart.click(position={"x": 250, "y": 60})
    assert time_of(page) > DAY
    page.click("#tab-events")
    assert page.locator("#window").is_visible()
    page.click("#window")
    assert not page.locator("#window").is_visible()


def test_layers_and_heat_maps_can_be_chosen(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, "#tab=layers")
    picture = "document.getElementById('base').toDataURL()"
    warm = page.evaluate(picture)
    assert page.evaluate("aegeanSim.heat()").startswith("unit_hours")
    page.select_option("#heat", "")
    assert page.evaluate(picture) != warm
    page.get_by_label("boats", exact=True).uncheck()
    page.wait_for_function("!aegeanSim.spots().some((spot) => spot.boat >= 0)")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_shut_out(opened: Opener, replayed: Path, theme: str) -> None:
    page = opened(replayed, color_scheme=theme)
    assert page.locator("html").get_attribute("data-theme") == theme
    for tab in ("now", "layers", "events", "boat"):
        page.click(f"#tab-{tab}")
        assert is_empty_of_violations(page)
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") != theme


def test_it_fits_a_telephone(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, width=390, height=844)
    for tab in ("now", "layers", "events", "boat"):
        page.click(f"#tab-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, tab


def test_with_reduced_motion_it_goes_in_steps(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, reduced_motion="reduce")
    page.evaluate("aegeanSim.play(true)")
    page.wait_for_timeout(1600)
    assert 0.0 < page.evaluate("aegeanSim.fps()") < 4.0


def test_on_paper_there_are_no_buttons(opened: Opener, replayed: Path) -> None:
    page = opened(replayed)
    page.emulate_media(media="print")
    assert not page.locator("#play").is_visible()
    assert page.locator("header .lives").is_visible()


def test_without_scripts_it_says_so_and_still_tells_lives(opened: Opener, replayed: Path) -> None:
    page = opened(replayed, java_script_enabled=False)
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert page.locator("header .lives .dead").is_visible()


def test_names_are_text_whatever_they_hold(opened: Opener, run: StoredRun, tmp_path: Path) -> None:
    document = json.loads(json.dumps(replay_of(run)))
    document["theatres"] = [theatre | {"title": NASTY, "heat": []} for theatre in document["theatres"]]
    for table in (document["boats"], document["units"]):
        table["name"] = [NASTY + name for name in table["name"]]
    for desk in document["desks"]:
        desk["name"] = NASTY + desk["name"]
    for column in ("sender", "receiver"):
        words = document["handoffs"][column]
        words["names"] = [NASTY + name for name in words["names"]]
    path = tmp_path / "nasty.html"
    path.write_text(assembled(Front("run", NASTY, NASTY, [(NASTY, "0", "dead")], NASTY), document))
    page = opened(path, "#tab=events")
    assert page.locator("h1").inner_text() == NASTY
    assert NASTY in page.locator("#rows").inner_text()
    page.locator("#rows td:nth-child(3) button").first.click()
    assert NASTY in page.locator("#life h2").inner_text()
    assert page.locator("img, main b").count() == 0
    assert page.title() == NASTY
    assert packed(document) not in page.locator("#about").inner_text()
