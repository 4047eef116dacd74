"""The page in a real browser: it asks nobody else, follows a slider, keeps a scenario, and axe-core finds no fault."""

from __future__ import annotations

import shutil

import pytest

import riskmc as rm
from exploring import serving

sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'riskmc[explore]'")
pytest.importorskip("starlette", reason="starlette is not installed: pip install 'riskmc[explore]'")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser():
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def served(tmp_path):
    """A server in a thread, which ends with the test."""
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def page(browser, served):
    """The open page; at the end it has asked no other address, and nothing stands on its console."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    found, asked, said = context.new_page(), [], []
    found.on("request", lambda request: asked.append(request.url))
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.goto(served.address)
    yield found
    assert [url for url in asked if not url.startswith((served.address, "data:,"))] == []
    assert said == []
    context.close()


def now(page, name: str = "P80 finish") -> str:
    return page.locator(f"tr:has(th:text-is('{name}')) td.now").inner_text()


def turn(page, label: str, key: str, times: int) -> None:
    """Move a slider by keyboard, and wait for the picture."""
    page.get_by_label(label, exact=True).focus()
    for _ in range(times):
        page.keyboard.press(key)
    page.locator("#answer:not([aria-busy])").wait_for()


def test_moving_a_slider_by_keyboard_changes_figures_and_curves_to_those_of_the_scenario(page, served):
    before, curve = now(page), page.locator("figure svg").first.inner_html()
    turn(page, "Dig", "ArrowRight", 20)
    assert now(page) != before
    assert page.locator("figure svg").first.inner_html() != curve
    assert page.locator("output[for='knob0']").inner_text() == "120%, was 100%"
    scenario = served.asked.scenario({"p.dig.duration": 1.2})
    anew = rm.simulate(served.asked.program.scenario(scenario), 500)
    assert now(page) == anew.finish().text(anew.finish().quantile(0.8))
    assert now(page, "P80 cost") == anew.cost().text(anew.cost().quantile(0.8))
    assert "what_if_p_dig: {on: p.dig, duration: x 120%}" in page.locator(".words pre").inner_text()


def test_a_switch_a_date_and_the_way_back(page):
    before = now(page), now(page, "P80 cost")
    page.get_by_role("switch", name="Pumps").check()
    page.get_by_label("Target date").fill("2027-04-01")
    page.get_by_label("Budget").fill("200k")
    page.get_by_label("Budget").press("Tab")
    page.locator("th:text-is('Cost within EUR 200.0k')").wait_for()
    assert page.locator("th:text-is('Finish by 1 Apr 2027')").count() == 1
    assert (now(page), now(page, "P80 cost")) != before
    page.get_by_role("button", name="As it stands").click()
    page.locator("th:text-is('Finish by 5 Mar 2027')").wait_for()
    assert (now(page), now(page, "P80 cost")) == before
    assert page.locator(".turned").count() == 0


def test_a_milestone_is_shown_with_its_own_date_until_another_is_asked_for(page, served):
    before = now(page), page.get_by_label("Target date").input_value()
    page.get_by_label("Finish of").select_option(label="p.open")
    page.locator("p.lead", has_text="p.open: P80 finish").wait_for()
    asked = served.asked.answer({"at": "p.open"}).question.date
    page.locator(f"[data-key='finish'][data-start='{asked}']").wait_for()
    assert page.get_by_label("Target date").input_value() == asked != before[1]
    assert page.locator(".turned").count() == 1
    page.get_by_role("button", name="As it stands").click()
    page.locator(f"[data-key='finish'][data-start='{before[1]}']").wait_for()
    assert (now(page), page.get_by_label("Target date").input_value()) == before


def test_an_answer_that_takes_long_is_waited_for_in_words(page):
    busy, held = page.locator("#busy"), []
    page.route("**/answer", lambda route: held.append(route))
    assert not busy.is_visible()
    page.get_by_role("switch", name="Pumps").check()
    busy.wait_for(state="visible")
    assert busy.inner_text() == "Working\u2026"
    held[0].continue_()
    page.locator("#answer:not([aria-busy])").wait_for()
    assert not busy.is_visible()


def test_a_wrong_budget_is_told_in_a_sentence(page):
    page.get_by_label("Budget").fill("much")
    page.get_by_label("Budget").press("Tab")
    page.get_by_role("alert").filter(has_text="an amount in EUR is a number or a text such as 1.2M").wait_for()


def test_keep_this_as_a_scenario_writes_the_file(page, served):
    turn(page, "Rain", "ArrowLeft", 10)
    page.get_by_label("Name of the scenario").fill("dry")
    page.keyboard.press("Enter")
    page.locator("#kept", has_text="Kept: scenario dry is in").wait_for()
    assert rm.read(served.asked.file).scenarios["dry"].set == {"risks.rain.probability": "30%"}
    page.get_by_role("button", name="Keep this as a scenario").click()
    page.locator("#kept.fault", has_text="scenario 'dry' is there already").wait_for()


def test_every_control_has_a_name_and_the_picture_tells_how_long_it_took(page):
    controls = page.locator("input, select, button").all()
    assert len(controls) == 10 + 1 + 3
    for control in controls:
        assert control.evaluate("one => (one.labels?.[0] ?? one).innerText.trim()")
    turn(page, "Dig", "ArrowLeft", 1)
    page.locator("#answer[data-milliseconds]").wait_for()
    assert int(page.locator("#answer").get_attribute("data-milliseconds")) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 420])
def test_axe_finds_nothing_to_complain_of(page, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    turn(page, "Dig", "ArrowRight", 20)
    found = axe.Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == []
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(17, 22, 29)")


def test_the_theme_button_turns_light_into_dark(page):
    button = page.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 29)"


@pytest.mark.parametrize("width", [1300, 700, 360])
def test_nothing_is_wider_than_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_when_the_command_has_ended_the_page_says_so(browser, served):
    page = browser.new_page()
    page.goto(served.address)
    page.route("**/answer", lambda route: route.abort())
    turn(page, "Dig", "ArrowRight", 1)
    page.get_by_role("alert").filter(has_text="riskmc explore has ended: start it again.").wait_for()
    page.close()
