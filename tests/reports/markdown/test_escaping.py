"""Escaping: a text shows as it is, in every place of a Markdown page; nothing in it becomes markup, a link or HTML."""

from __future__ import annotations

import html
import re

import pytest
from markdown_it import MarkdownIt

from extreme_programs import ARABIC, EASTERN, HOSTILE, LONG
from riskmc.forecast.figures import printable
from riskmc.reports.markdown.escaping import escaped, line

ODD = (
    *HOSTILE,
    *EASTERN,
    LONG,
    "# heading",
    "heading #",
    "> quoted",
    "- item",
    "1. item",
    "2) item",
    "---",
    "===",
    "a | b \\| c",
    "`code` ``two``",
    "snake_case _emphasis_ __strong__",
    "*a* **b** ~~c~~ ~d~",
    "[text](https://x.example) ![picture](y.png) [ref]: z",
    "<https://x.example> <b>x</b> <!-- y --> <1% a<b",
    "&lt;b&gt; &amp; & AT&T;",
    "www.x.example http://x.example ftp://x.example mailto:a@b.example",
    "@everyone a@b.example",
    "two\nlines\r\n\n    code",
    "$a$ and $5M to $6M",
    "ends in \\",
    "  blanks  ",
)
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINKS = re.compile(r"(?i)\b(?:https?|ftp|mailto|xmpp|javascript):|www\.|@\w")  # what GitHub makes links of


def shown(markup: str) -> str:
    """Return the text that a reader sees of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def bare(text: str) -> str:
    return " ".join(printable(text).split())


def visible(text: str) -> str:
    return re.sub("[\u2060\u2068\u2069]", "", text)


@pytest.mark.parametrize("odd", ODD)
def test_a_text_shows_as_it_is_as_a_paragraph(odd):
    markup = RENDERER.render(line(odd))
    assert visible(shown(markup)) == bare(odd)
    assert re.findall(r"<(\w+)", markup) == ["p"]


@pytest.mark.parametrize("odd", ODD)
def test_a_text_shows_as_it_is_as_a_heading(odd):
    markup = RENDERER.render(f"## {line(odd)}")
    assert visible(shown(markup)) == bare(odd)
    assert re.findall(r"<(\w+)", markup) == ["h2"]


@pytest.mark.parametrize("odd", ODD)
def test_a_text_shows_as_it_is_in_a_list_in_bold_and_in_italics(odd):
    for before, after in (("- ", ""), ("> ", ""), ("3. ", ""), ("**", "**"), ("*", "*")):
        markup = RENDERER.render(f"{before}{line(odd)}{after}")
        assert visible(shown(markup)) == bare(odd), before
        assert not re.search(r"<(?!/?(?:p|ul|ol|li|blockquote|strong|em)\b)", markup), markup


@pytest.mark.parametrize("odd", ODD)
def test_a_text_fills_one_cell_of_a_table(odd):
    markup = RENDERER.render(f"| a | b |\n| --- | --- |\n| {escaped(odd)} | end |")
    found = [visible(shown(cell)) for cell in re.findall(r"<td>(.*?)</td>", markup)]
    assert found == [bare(odd), "end"]


@pytest.mark.parametrize("odd", ODD)
def test_no_text_holds_what_a_wiki_makes_a_link_of(odd):
    assert not LINKS.search(escaped(odd)), escaped(odd)


def test_plain_words_stay_readable():
    for plain in (
        "Quay deck in 45 days",
        "snake_case",
        "<1%",
        "29 Jun 2029 – 3 Jul 2029",
        "−EUR 1.2M",
        "R&D (phase 2)",
    ):
        assert line(plain) == plain


def test_words_from_right_to_left_do_not_pull_figures_along():
    assert escaped(f"{ARABIC[0]} 2 is late") == f"\u2068{ARABIC[0]}\u2069 2 is late"
