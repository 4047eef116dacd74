"""Time live what-ifs against a plain simulation: ``python -m benchmarks.explore [--quick]``.

1,000 activities, 10,000 iterations: from the release of a slider to the new picture, with everything that the page
shows (figures, paired differences with their intervals, S-curves, joint confidence), beside `simulate` of the same
scenario in the same run, without any picture. By the clock, and of the processor, which on free cores the clock does
not exceed; medians of several each.
``--browser`` adds the way through the local page in Chromium, from the event to the painted picture.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.workloads import words, workload  # noqa: E402
from riskmc.live import WhatIf, prepare, serve  # noqa: E402
from riskmc.live.panel import write_panel  # noqa: E402
from riskmc.program.program import Program  # noqa: E402
from riskmc.simulation.engine import simulate  # noqa: E402

ACTIVITIES, ITERATIONS, BAR, TIMES = 1_000, 10_000, 0.150, 15
RESPONSES = {"r07": {"probability": "5%"}, "r14": {"duration": "x 50%"}, "r19": {"probability": "10%"}}


def program(activities: int) -> Program:
    """Return the workload with a response to three of its risks."""
    responses = {
        f"m{number}": {"cost": f"{40 + number}k", "acts_on": {risk: change}}
        for number, (risk, change) in enumerate(RESPONSES.items())
    }
    return Program(**words(workload(activities)), responses=responses)


def moves(asked: WhatIf) -> dict[str, Callable[[int], dict[str, object]]]:
    """Return what is turned, by name: the k-th position of a slider, or a switch."""
    knobs = list(asked.knobs.values())
    first = {
        group: [knob.key for knob in knobs if knob.group == group] for group in ("durations", "risks", "responses")
    }
    return {
        "a duration": lambda k: {first["durations"][0]: 0.6 + 0.02 * k},
        "a probability": lambda k: {first["risks"][0]: 0.05 + 0.02 * k},
        "a response": lambda k: {first["responses"][k % 3]: True},
        "twelve at once": lambda k: {
            **dict.fromkeys(first["durations"], 0.7 + 0.02 * k),
            **dict.fromkeys(first["risks"][:6], 0.05 + 0.02 * k),
        },
        "the target date": lambda k: {"finish": f"2030-{1 + k % 12:02}-15"},
    }


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that something takes, by the clock and of the processor."""
    began, spent = perf_counter(), process_time()
    work()
    return perf_counter() - began, process_time() - spent


def through_the_page(asked: WhatIf) -> float | None:
    """Return the seconds from a key on a slider to the painted picture, a median; None without Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    import uvicorn
    from playwright.sync_api import sync_playwright

    from riskmc.live.server import application, guarded

    served = serve(asked)
    server = uvicorn.Server(uvicorn.Config(guarded(application(served), served), log_level="critical", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [served.listening]}, daemon=True).start()
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(served.address)
        page.locator("input[type=range]").first.focus()
        for _ in range(TIMES):
            page.keyboard.press("ArrowLeft")
            sleep(0.6)
            found.append(float(page.locator("#answer").get_attribute("data-milliseconds") or 0) / 1000)
        browser.close()
    server.should_exit = True
    return median(found)


def main(arguments: list[str]) -> int:
    """Time every move; ``--quick`` takes a tenth of the iterations."""
    iterations = ITERATIONS // 10 if "--quick" in arguments else ITERATIONS
    made = program(ACTIVITIES)
    prepare(made, iterations=256).answer({})  # compiles
    began = perf_counter()
    asked = prepare(made, iterations=iterations)
    write_panel(asked.answer({}))
    print(f"opened in {perf_counter() - began:.2f} s, {len(asked.knobs)} knobs", flush=True)
    worst = 0.0
    for name, move in moves(asked).items():
        live, plain = [], []
        for k in range(TIMES):
            changes = move(k)
            live.append(seconds(lambda changes=changes: write_panel(asked.answer(changes))))
            changed = asked.program.scenario(asked.scenario(changes))
            plain.append(seconds(lambda changed=changed: simulate(changed, iterations)))
        clock, processor = (median(times) for times in zip(*live, strict=True))
        compared = median(time for time, _ in plain)
        worst = max(worst, min(clock, processor))  # on free cores it takes no longer than the processor works
        told = f"{1000 * clock:4.0f} ms to the picture, {1000 * processor:4.0f} ms of the processor"
        print(f"{name:16} {told}; a plain simulate {1000 * compared:4.0f} ms, ratio {clock / compared:.2f}", flush=True)
    print(f"slowest on free cores: {1000 * worst:.0f} ms at most, bar {1000 * BAR:.0f} ms")
    if "--browser" in arguments:
        painted = through_the_page(asked)
        print("no Chromium" if painted is None else f"through the page, event to paint: {1000 * painted:.0f} ms")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
