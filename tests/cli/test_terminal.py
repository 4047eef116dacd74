"""The terminal: plainer signs where an encoding lacks one, and a bar only for those who wait."""

import io
import re

import pytest

from riskmc.cli import terminal
from riskmc.cli.terminal import Progress, colourful, encodable


class Screen(io.StringIO):
    """A terminal that can be read afterwards."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand, in seconds."""
    now = [0.0]
    monkeypatch.setattr(terminal, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("utf-8", "−EUR 1.6M, 3 – 4 Mar, Überwachung…, 東京"),
        ("cp1252", "-EUR 1.6M, 3 – 4 Mar, Überwachung…, ??"),
        ("ascii", "-EUR 1.6M, 3 - 4 Mar, ?berwachung~, ??"),
    ],
)
def test_signs_that_an_encoding_lacks_become_plainer(encoding, text):
    assert encodable("−EUR 1.6M, 3 – 4 Mar, Überwachung…, 東京", encoding) == text


def test_plainer_text_keeps_its_width():
    told = "3 – 4 Mar 2030, −6 d, Überwachung…"
    assert len(encodable(told, "ascii")) == len(told)


def test_no_bar_within_two_seconds(clock):
    screen = Screen()
    with Progress(stream=screen) as progress:
        clock[0] = 1.9
        progress.advance(9_000, 10_000)
    assert screen.getvalue() == ""


def test_a_bar_after_two_seconds_that_goes_away_at_the_end(clock):
    screen = Screen()
    with Progress(stream=screen) as progress:
        clock[0] = 2.1
        progress.advance(2_560, 10_000)
        progress.advance(5_120, 10_000)
    assert "2560/10000" in re.sub(r"\x1b\[[\d;]*m", "", screen.getvalue())
    assert screen.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize("progress", [Progress(silent=True, stream=Screen()), Progress(stream=io.StringIO())])
def test_no_bar_where_nobody_looks(clock, progress):
    clock[0] = 99.0
    progress.advance(1, 2)
    progress.close()
    assert progress._stream.getvalue() == ""


def test_a_notice_is_one_line_unless_silent():
    screen = Screen()
    Progress(stream=screen).notice("compiling once, about 5 s")
    Progress(silent=True, stream=screen).notice("not this one")
    assert screen.getvalue() == "compiling once, about 5 s\n"


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert colourful(Screen())
    assert not colourful(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colourful(Screen())


def test_a_notice_stands_above_the_bar_and_none_comes_after_the_command(clock):
    screen = Screen()
    with Progress(stream=screen) as progress:
        clock[0] = 2.1
        progress.advance(2_560, 10_000)
        progress.notice("compiling [a part]")
    progress.notice("too late")
    told = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", screen.getvalue())
    assert "compiling [a part]\n" in told
    assert "too late" not in told
