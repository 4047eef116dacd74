"""Announcements: what a run compiles first is said before it, what lasts later when it lasts."""

import pytest

from riskmc.simulation import announcement
from riskmc.simulation.announcement import COMPILING, COMPILING_EVENTS, announced


@pytest.fixture
def listeners(monkeypatch):
    """Who was to be told of compiles that last, in order."""
    heard = []
    monkeypatch.setattr(announcement, "tell_of_compiles", heard.append)
    return heard


def compiled(monkeypatch, *engines):
    monkeypatch.setattr(announcement, "is_compiled", lambda engine: engine in engines)


def test_the_first_run_is_announced_and_nothing_more_is_told_inside_it(listeners, monkeypatch):
    compiled(monkeypatch)
    told = []
    with announced(told.append, "discrete-event"):
        assert told == [COMPILING, COMPILING_EVENTS]
        assert listeners == [None]
    assert listeners == [None, told.append]


def test_where_all_is_compiled_each_further_compile_is_told_from_the_start(listeners, monkeypatch):
    compiled(monkeypatch, "monte-carlo")
    told = []
    with announced(told.append, "monte-carlo"):
        assert (told, listeners) == ([], [told.append])
    with pytest.raises(KeyError), announced(told.append, "discrete-event"):
        raise KeyError
    assert told == [COMPILING_EVENTS]
    assert listeners[-1] == told.append


def test_without_anyone_to_tell_nothing_is_changed(listeners, monkeypatch):
    compiled(monkeypatch)
    with announced(None, "discrete-event"):
        pass
    assert listeners == []
