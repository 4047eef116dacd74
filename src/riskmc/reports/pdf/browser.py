"""Browser: Chrome, Edge or Chromium prints a page as PDF, without a window and without the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from riskmc.errors import ArgumentError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = {
    "win32": (
        r"{PROGRAMFILES}\Google\Chrome\Application\chrome.exe",
        r"{PROGRAMFILES(X86)}\Microsoft\Edge\Application\msedge.exe",
        r"{PROGRAMFILES}\Microsoft\Edge\Application\msedge.exe",
    ),
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
}
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-quic",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
PATIENCE = 120  # seconds
_MADE = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")


def find_browser() -> str | None:
    """Return the program file of a browser that can print, from the PATH or from where its maker installs it."""
    found = next((where for where in map(shutil.which, NAMES) if where), None)
    if found is not None:
        return found
    known = {name.upper(): value for name, value in os.environ.items()}
    for place in PLACES.get(sys.platform, ()):
        where = re.sub(r"\{([^}]*)\}", lambda name: known.get(name[1], ""), place)
        if Path(where).is_file():
            return where
    return None


def printed(html: str, browser: str) -> bytes:
    """Return the page as the ``browser`` prints it, without the moment at which it did; ArgumentError if it fails."""
    with TemporaryDirectory(prefix="riskmc-", ignore_cleanup_errors=True) as folder:
        page, paper = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        command = [browser, *FLAGS, *_unboxed(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={paper}"]
        try:
            done = subprocess.run([*command, page.as_uri()], capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ArgumentError(f"{browser} could not print the page: {error}") from None
        if done.returncode or not paper.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise ArgumentError(f"{browser} could not print the page: {' '.join(said) or 'it wrote no file'}")
        return undated(paper.read_bytes())


def undated(pdf: bytes) -> bytes:
    """Return a PDF whose dates of making are blanks, as many as they were long, so that nothing in it moves."""
    return _MADE.sub(lambda date: b" " * len(date[0]), pdf)


def _unboxed() -> tuple[str, ...]:
    """Return the flag without which Chromium does not start for root, as in a container."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
