"""The manual as a site: it builds without a warning, every link inside it leads somewhere, and it asks for nothing.

The site is built once for all tests here, into a folder of its own.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from inspect import ismodule
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

import riskmc as rm
from rendering import ROOT

pytest.importorskip("sphinx", reason="the manual needs the extra docs: pip install 'riskmc[docs]'")
pytest.importorskip("myst_parser", reason="the manual needs the extra docs: pip install 'riskmc[docs]'")
pytest.importorskip("furo", reason="the manual needs the extra docs: pip install 'riskmc[docs]'")

DOCS = ROOT / "docs"
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
          "embed": "src", "object": "data", "use": "href", "image": "href"}  # fmt: skip
SEE = re.compile(r"^\*\*(?P<term>.+?)\*\*\. (?:See|In .+?:) \*(?P<other>.+?)\*", re.MULTILINE)


class Page(NamedTuple):
    """What an HTML page holds: the places that can be linked, its links, and what it loads."""

    places: set[str]
    links: list[str]
    loads: list[str]


class Reader(HTMLParser):
    """Collects a Page."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page(set(), [], [])
        self.in_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        self.in_style = tag == "style"
        self.page.places.update(said[name] for name in ("id", "name") if name in said)
        if tag in ("a", "area") and "href" in said:
            self.page.links.append(said["href"])
        self.page.loads.extend(loads_of(tag, said))

    def handle_data(self, text: str) -> None:
        if self.in_style:
            self.page.loads.extend(styled(text))


def loads_of(tag: str, said: dict[str, str]) -> Iterator[str]:
    """Yield the addresses that a tag loads; a link to the next page in the head loads nothing."""
    if said.get(LOADED.get(tag, "")):
        yield said[LOADED[tag]]
    if tag == "link" and not {"next", "prev", "index", "search", "canonical"} & set(said.get("rel", "").split()):
        yield said.get("href", "")
    yield from (part.split()[0] for part in said.get("srcset", "").split(",") if part.strip())
    yield from styled(said.get("style", ""))


def styled(text: str) -> Iterator[str]:
    """Yield the addresses that a style sheet loads."""
    yield from (first or second for first, second in IN_STYLE.findall(text))


def read_page(html: str) -> Page:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(html)
    return reader.page


def dead_links(pages: dict[Path, Page]) -> Iterator[str]:
    """Yield every link of the pages that leads to no file or to no place on a page."""
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            place = unquote(parts.fragment)
            if not target.is_file() or (place and target in pages and place not in pages[target].places):
                yield f"{file.name}: {link}"


def outside_loads(pages: dict[Path, Page]) -> Iterator[str]:
    """Yield every address outside the site that a page loads something from."""
    for file, page in pages.items():
        yield from (f"{file.name}: {address}" for address in page.loads if OUTSIDE.match(address))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with every warning an error and every reference checked."""
    folder = tmp_path_factory.mktemp("manual")
    options = ["-W", "--keep-going", "-n", "-q", "-d", str(folder / "trees")]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, str(DOCS), str(folder / "site")],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site."""
    return {file.resolve(): read_page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


@pytest.fixture(scope="module")
def known(site: Path) -> dict[str, set[str]]:
    """The names in the site's inventory, by kind: ``py:function``, ``std:term`` ..."""
    packed = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    found: dict[str, set[str]] = {}
    for line in zlib.decompress(packed).decode("utf-8").splitlines():
        name, kind = re.match(r"(.+?)\s+(\S+:\S+)\s+-?\d+\s", line).groups()
        found.setdefault(kind, set()).add(name)
    return found


def test_every_page_of_the_documents_is_a_page_of_the_site(pages: dict[Path, Page], site: Path):
    """Sphinx itself warns of pages that no table of contents leads to."""
    wanted = {document.relative_to(DOCS).with_suffix(".html") for document in DOCS.rglob("*.md")}
    assert wanted <= {file.relative_to(site.resolve()) for file in pages}


def test_every_link_inside_the_site_leads_to_a_place_that_is_there(pages: dict[Path, Page]):
    assert len(pages) > 60
    assert sum(len(page.links) for page in pages.values()) > 5000
    assert list(dead_links(pages)) == []


def test_no_page_loads_anything_from_outside(pages: dict[Path, Page], site: Path):
    assert list(outside_loads(pages)) == []
    sheets = {file: Page(set(), [], list(styled(file.read_text(encoding="utf-8")))) for file in site.rglob("*.css")}
    assert len(sheets) >= 3
    assert list(outside_loads(sheets)) == []


def test_code_that_scrolls_is_reached_by_keyboard_and_every_heading_has_a_level(site: Path):
    text = (site / "tutorial.html").read_text(encoding="utf-8")
    assert text.count("<pre") == text.count('<pre tabindex="0"') > 20
    assert text.count('role="heading"') == text.count('role="heading" aria-level="2"') > 3


@pytest.mark.parametrize("module", ["riskmc", "riskmc.io", "riskmc.live", "riskmc.plot", "riskmc.reports"])
def test_the_reference_tells_of_every_public_name(known: dict[str, set[str]], module: str):
    """A name that `riskmc` has too stands there."""
    told = set().union(*(names for kind, names in known.items() if kind.startswith("py:")))
    home = importlib.import_module(module)
    names = {name for name in home.__all__ if not ismodule(getattr(home, name)) and name != "__version__"}
    above = {name for name in names if getattr(rm, name, None) is getattr(home, name) and f"riskmc.{name}" in told}
    assert {name for name in names - above if f"{module}.{name}" not in told} == set()


def test_docstrings_show_no_trace_of_markup(site: Path):
    for file in (site / "reference").glob("*.html"):
        text = re.sub(r"<[^>]+>", "", file.read_text(encoding="utf-8").split("<article", 1)[1].split("</article>")[0])
        assert "`" not in text, f"{file.name}: {text[text.index('`') - 60 :][:120]}"
        assert "::" not in text, f"{file.name}: {text[text.index('::') - 60 :][:120]}"


def test_the_glossary_answers_to_every_word_in_bold(known: dict[str, set[str]], pages: dict[Path, Page], site: Path):
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    heads = re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE)
    words = {word.strip() for head in heads for word in re.split(r"[(),]", head) if word.strip()}
    assert words == known["std:word"]
    assert {"JCL", "Task", "P80"} <= words
    assert len(pages[(site / "glossary.html").resolve()].places) > len(words)


def test_every_synonym_of_the_glossary_leads_to_an_entry():
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    heads = {word.strip().lower() for head in re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE)
             for word in re.split(r"[(),]", head)}  # fmt: skip
    synonyms = {found["term"]: found["other"] for found in SEE.finditer(text)}
    assert len(synonyms) >= 30
    assert {term for term, other in synonyms.items() if other.lower() not in heads} == set()


# ------------------------------------------------------------------------------ the checks themselves


def test_a_dead_link_and_a_missing_place_are_noticed(tmp_path: Path):
    (tmp_path / "b.html").touch()
    first, second = (tmp_path / "a.html").resolve(), (tmp_path / "b.html").resolve()
    first.touch()
    page = read_page('<a href="b.html#here"></a><a href="b.html#gone"></a><a href="c.html"></a><a href="#x"></a>')
    found = list(dead_links({first: page, second: read_page('<p id="here">')}))
    assert found == ["a.html: b.html#gone", "a.html: c.html", "a.html: #x"]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        '<img srcset="a.png 1x, https://cdn.example/b.png 2x">',
        '<p style="background: url(https://cdn.example/c.png)">',
        "<style>@import 'https://cdn.example/d.css';</style>",
    ],
)
def test_what_is_loaded_from_outside_is_noticed(html: str):
    assert len(list(outside_loads({Path("a.html"): read_page(html)}))) == 1


def test_a_link_to_the_outside_loads_nothing():
    assert list(outside_loads({Path("a.html"): read_page('<a href="https://example.org">x</a>')})) == []
