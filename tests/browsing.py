"""A browser for tests: Chromium without a window and without the network, or the reason why there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
CHROMIUM = next(
    (where for where in (*map(shutil.which, NAMES), "/usr/bin/chromium") if where and Path(where).exists()), ""
)
MISSING = (
    "no Chromium on this machine (Debian: apt-get install chromium)" if not CHROMIUM
    else "playwright is not installed (pip install playwright axe-playwright-python)"
    if not (find_spec("playwright") and find_spec("axe_playwright_python"))
    else ""
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser of playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


DRAWINGS = """() => [...document.querySelectorAll("svg.riskmc-picture")].flatMap(svg => {
  const whole = svg.viewBox.baseVal, faults = [], name = svg.parentElement.closest("[id]")?.id ?? "?";
  const boxes = [...svg.querySelectorAll("text")].map(text => ({ said: text.textContent, box: text.getBBox() }))
    .filter(({ said, box }) => said.trim() && box.width > 0);
  boxes.forEach(({ said, box }) => {
    const out = Math.max(whole.x - box.x, whole.y - box.y,
      box.x + box.width - whole.x - whole.width, box.y + box.height - whole.y - whole.height);
    if (out > 6) faults.push(`${name}: '${said}' stands out of its drawing by ${out.toFixed(1)} px`);
  });
  boxes.forEach((one, place) => boxes.slice(place + 1).forEach(other => {
    const a = one.box, b = other.box;
    const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    const by = `${wide.toFixed(1)} x ${high.toFixed(1)} px`;
    if (wide > 1 && high > 3) faults.push(`${name}: '${one.said}' lies on '${other.said}' by ${by}`);
  }));
  return faults;
})"""
"""Yields a sentence for every text that stands out of its drawing, and for every two that lie on each other.

Boxes of letters are as high as their font, so that lines set close touch by a pixel or two.
"""
