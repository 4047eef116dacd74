"""Waits for numba: each compile that lasts is told once, to whoever listens."""

from threading import Event

import pytest
from numba import njit
from numba.core import event

from riskmc.kernels import compile_waits
from riskmc.kernels.compile_waits import AGAIN, TOLD, CompileWaits, tell_of_compiles


@pytest.fixture
def waits():
    """What listens to numba and loses patience at once."""
    one = CompileWaits(patience=0.0)
    event.register("numba:compiler_lock", one)
    yield one
    event.unregister("numba:compiler_lock", one)


def told_of(waits, work):
    """Return what is told while ``work`` is done, and what it returns."""
    told, heard = [], Event()
    waits.notice = lambda text: (told.append(text), heard.set())
    result = work()
    heard.wait(0.2)
    return told, result


def test_a_compile_that_lasts_is_told_and_what_is_compiled_already_is_not(waits):
    @njit
    def doubled(x):
        return x + x

    told, result = told_of(waits, lambda: doubled(3))
    assert (told[0], set(told[1:]) - {AGAIN}, result) == (TOLD, set(), 6)
    assert told_of(waits, lambda: doubled(4)) == ([], 8)
    assert set(told_of(waits, lambda: doubled(0.5))[0]) == {AGAIN}


def test_a_compile_inside_another_is_the_same_wait():
    told, waits = [], CompileWaits(patience=60.0)
    waits.notice = told.append
    waits.on_start(None)
    timer = waits._timer
    waits.on_start(None)
    assert waits._timer is timer
    waits.on_end(None)
    assert timer.is_alive()
    waits.on_end(None)
    timer.join(1.0)
    assert not timer.is_alive()
    assert told == []


def test_nobody_is_told_who_does_not_listen(monkeypatch):
    one = CompileWaits(patience=0.0)
    monkeypatch.setattr(compile_waits, "_WAITS", one)
    tell_of_compiles(print)
    tell_of_compiles(None)
    one.on_start(None)
    assert one._timer is None
    one.on_end(None)
