"""Records against the pages that describe them: keys of a record are on its page, and the page's in it."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs" / "method"


def as_it_is(place, key):
    """Return a key as the page writes it: itself."""
    return key


def identified(by_identifier):
    """Return what names the keys below some words as the page does: all keys below ``projects`` are ``{id}``."""
    return lambda place, key: "{id}" if place in by_identifier else key


def keys_of(value, named=as_it_is, path=""):
    """Yield every key of a record as a page writes it, ``paths[].share.low``; ``named(word above, key)`` says how."""
    if isinstance(value, dict):
        place = path.rpartition(".")[2]
        for key, item in value.items():
            yield from keys_of(item, named, f"{path}.{named(place, key)}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for item in value:
            yield from keys_of(item, named, f"{path}[]")
    else:
        yield f"{path}[]" if isinstance(value, list) else path


def listed_on(page):
    """Return the keys that the tables of a page list, each in the first cell of its row."""
    return set(re.findall(r"^\| `([^`]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE))


def named_on(page, heading=None):
    """Return the words of a page in backticks: key paths of its tables, and single keys (`.low`) that go with them."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    if heading is not None:
        text = text[text.index(heading) :]
    return set(re.findall(r"`([^`\s]+)`", text))


def undescribed(record, page, known, by_identifier=()):
    """Return the keys of a record of which the page, or ``known``, says neither the whole path nor the last word."""
    words = named_on(page)
    ends = {word.lstrip(".").rpartition(".")[2].removesuffix("[]") for word in words}
    left = {
        key
        for key in keys_of(record, identified(by_identifier))
        if key.partition(".")[0].removesuffix("[]") not in known
    }
    return {key for key in left if key not in words and key.rpartition(".")[2].removesuffix("[]") not in ends}


def not_in(record, paths, by_identifier=()):
    """Return those of ``paths`` that lead to nothing in a record."""
    there = set(keys_of(record, identified(by_identifier)))
    begun = {key[: place.start()] for key in there for place in re.finditer(r"\.|\[\]", key)} | there
    return {path for path in paths if path not in begun}
