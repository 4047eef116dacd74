"""The page in Chromium: quiet, reachable, legible light and dark, wide and narrow, and its first sheet ends in time."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

import riskmc as rm
from browsing import DRAWINGS, MISSING, chromium
from extreme_programs import HOSTILE, HOTEL, PROGRAMS, hotel
from riskmc.reports.committee.composed import committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.document.document import Document
from riskmc.reports.forecast_page import forecast_document
from riskmc.reports.html.page import html_text
from riskmc.reports.theme.theme import Theme

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
SHEET = {"width": 711, "height": 1032}  # px of A4 within its margins
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 800}
NAMES = ["ferry", *PROGRAMS]
BELOW = {"one activity": 400, "nothing random": 150}  # px that the first sheet holds at least where little is to say


@cache
def document(name: str) -> Document:
    """The committee report on an extreme program."""
    program = rm.read(FERRY) if name == "ferry" else PROGRAMS[name]()
    run = partial(rm.simulate, program, iterations=200, statistics=True)
    others = [run(scenario=scenario) for scenario in program.scenarios if scenario not in ("one_crew", "sea_days")]
    return committee_document(gather(run(), *others))


@cache
def page_of(name: str) -> str:
    return html_text(document(name), Theme(mark="Draft"))


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser, tmp_path):
    """What opens a page from a file, and fails the test where it asks for anything or complains."""
    asked, said, contexts = [], [], []

    def opening(text: str, view: dict[str, int] = WIDE, **options: object):
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport=view, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield opening
    for context in contexts:
        context.close()
    assert {url for url in asked if not url.startswith("data:")} == {(tmp_path / "page.html").as_uri()}
    assert said == []


def violations(page) -> list[str]:
    """What axe-core finds, each with the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}" for one in found]


@pytest.mark.parametrize("name", NAMES)
def test_an_extreme_program_has_a_page_that_can_be_read(opened, name):
    """One visit a program, since each takes a while: drawings, narrow and wide, what axe-core says, the first sheet."""
    page = opened(page_of(name), color_scheme="dark")
    assert page.evaluate(DRAWINGS) == []
    page.get_by_role("button", name="Show all numbers").click()
    assert violations(page) == []
    for view in (WIDE, {"width": 1000, "height": 700}, NARROW):
        page.set_viewport_size(view)
        assert page.evaluate("document.documentElement.scrollWidth") <= view["width"], view
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    bottom = page.evaluate("document.querySelector('.paper').getBoundingClientRect().bottom")
    assert BELOW.get(name, 600) < bottom <= SHEET["height"]


@pytest.mark.parametrize("name", ["harbour", "right to left"])
def test_axe_finds_nothing_on_light_paper_either(opened, name):
    page = opened(page_of(name), color_scheme="light")
    page.get_by_role("button", name="Show all numbers").click()
    assert violations(page) == []


def test_the_curves_of_the_first_sheet_can_be_read(opened):
    page = opened(page_of("ferry"), SHEET)
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('.first svg')].map(svg => svg.getBoundingClientRect().height)"
    )
    assert len(heights) == 2
    assert min(heights) > 220


def test_the_button_turns_light_into_dark_and_back(opened):
    page = opened(page_of("harbour"), color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    seen = [page.evaluate(paper)]
    for _ in range(2):
        page.get_by_role("button", name="Light or dark").click()
        seen.append(page.evaluate(paper))
    assert seen == ["rgb(255, 255, 255)", "rgb(17, 22, 29)", "rgb(255, 255, 255)"]


def test_paper_is_light_where_the_screen_is_dark(opened):
    page = opened(page_of("harbour"), color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(24, 33, 43)"


def test_one_button_shows_all_numbers_and_hides_them_again(opened):
    page = opened(page_of("harbour"))
    count = "[...document.querySelectorAll('details')].filter(each => each.open).length"
    button = page.get_by_role("button", name="Show all numbers")
    seen = [page.evaluate(count)]
    for _ in range(2):
        button.click()
        seen.append(page.evaluate(count))
    assert seen == [0, page.locator("details").count(), 0]
    assert seen[1] >= 5


def test_a_list_is_sorted_by_value_both_ways_and_back_with_the_keyboard(opened):
    page = opened(page_of("many milestones"))
    page.get_by_role("button", name="Show all numbers").click()
    table = page.locator("figure#milestones table")
    heading = table.locator("th", has_text="Target")
    column = heading.evaluate("each => each.cellIndex")

    def values() -> list[str]:
        return table.evaluate(f"each => [...each.tBodies[0].rows].map(row => row.cells[{column}].dataset.v ?? '')")

    first = values()
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    up, told_up = values(), heading.get_attribute("aria-sort")
    page.keyboard.press("Enter")
    down, told_down = values(), heading.get_attribute("aria-sort")
    page.keyboard.press("Enter")
    dated = sorted(value for value in first if value)
    assert len(dated) > 10
    assert dated[0] < dated[-1]
    assert (up[: len(dated)], told_up) == (dated, "ascending")
    assert (down[: len(dated)], told_down) == (dated[::-1], "descending")
    assert (values(), heading.get_attribute("aria-sort")) == (first, None)


def test_percentiles_stay_in_their_order(opened):
    page = opened(page_of("harbour"))
    assert page.locator("table[data-sortable]").count() >= 2
    assert page.locator("#part-percentiles th button").count() == 0


def test_the_contents_stay_in_sight_and_tell_where_one_is(opened):
    page = opened(page_of("ferry"))
    link = page.get_by_role("navigation").get_by_role("link", name="Cash")
    link.click()
    page.wait_for_selector("nav a[aria-current]")
    assert page.evaluate("scrollY") > 1000
    assert 0 <= link.bounding_box()["y"] < WIDE["height"]


def test_only_what_scrolls_is_a_stop_of_the_keyboard(opened):
    stops = "[...document.querySelectorAll('figure > [role=region]')].filter(each => each.tabIndex === 0).length"
    wide, narrow = opened(page_of("ferry")), opened(page_of("ferry"), NARROW)
    assert (wide.evaluate(stops), narrow.evaluate(stops) > 1) == (0, True)


def test_without_scripts_all_is_there_but_the_buttons(opened):
    page = opened(page_of("harbour"), java_script_enabled=False)
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("button").count() == 0
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()


def test_hostile_names_are_read_as_they_are_written(opened):
    page = opened(page_of("hostile"))
    assert page.evaluate("typeof window.alerted") == "undefined"
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    told = page.locator("body").inner_text()
    for name in HOSTILE[:6]:
        assert name in told


def test_an_injected_script_would_not_run(browser, tmp_path):
    """Were a name ever to become markup, the page's own policy stops what it says."""
    file = tmp_path / "injected.html"
    text = page_of("one activity").replace(
        "</main>", "<img src=x onerror='window.ran=1'><script>window.ran=1</script></main>"
    )
    file.write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("window.ran") is None
    page.close()


def test_words_from_right_to_left_leave_the_figures_beside_them_alone(opened):
    """In a sentence an Arabic name, a colon and a chance stand in that order, from left to right."""
    page = opened(page_of("right to left"))
    places = page.evaluate(
        """() => {
        const h1 = document.querySelector("h1"), name = h1.querySelector("bdi"), rest = document.createRange();
        rest.setStartAfter(name); rest.setEndAfter(h1.lastChild);
        return [name.getBoundingClientRect().left, rest.getClientRects()[0].left] }"""
    )
    assert places[0] < places[1]


@pytest.mark.skipif(not HOTEL.exists(), reason="the plan of the hotel is not on this machine")
def test_the_page_of_four_thousand_activities_is_whole(opened):
    trials = rm.simulate(hotel(), iterations=300, default_range="triangular(90% 100% 130%)", statistics=True)
    text = html_text(forecast_document(trials))
    assert len(text.encode()) < 1_500_000
    page = opened(text)
    assert page.evaluate(DRAWINGS) == []
    assert violations(page) == []
