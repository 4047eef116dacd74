"""Lettering: names are cut and broken to fit, on one line, and cannot steer what stands around them."""

import pytest

from riskmc.plot.lettering import fitted, on_one_line, width_of, wrapped


def test_a_short_name_stays_and_a_long_one_ends_in_an_ellipsis_within_its_room():
    assert fitted("Quay", 100) == "Quay"
    cut = fitted("x" * 10_000, 100)
    assert cut.endswith("x…")
    assert 90 < width_of(cut) <= 100


def test_no_room_leaves_the_ellipsis():
    assert fitted("Quay decks", 0) == "…"


@pytest.mark.parametrize("character", ["\n", "\t", "\x00", "\x1b", "\u202e", "\u2066", "\u2028", "\ud800"])
def test_characters_that_steer_are_dropped(character):
    line = on_one_line(f"a{character}b")
    assert character not in line
    assert line.replace(" ", "") == "ab"


def test_words_from_right_to_left_stay_in_their_place():
    assert on_one_line("مرفأ: 38%") == "\u200eمرفأ\u200e: 38%"
    assert on_one_line(on_one_line("مرفأ: 38%")) == on_one_line("مرفأ: 38%")
    assert on_one_line("Harbour: 38%") == "Harbour: 38%"


def test_words_from_right_to_left_keep_their_order_when_a_line_is_broken():
    assert wrapped("مرفأ السفن الجديد: 38%", 1_000, 13) == ["\u200eمرفأ السفن الجديد\u200e: 38%"]


def test_lines_break_at_spaces_about_equally_long_and_within_their_room():
    text = "Certificate of the maritime authority is critical in half of all the outcomes that there are"
    lines = wrapped(text, 300, 13)
    assert " ".join(lines).replace("\u00a0", " ") == text
    widths = [width_of(line) for line in lines]
    assert max(widths) <= 300
    assert min(widths) > 0.6 * max(widths)


@pytest.mark.parametrize("whole", ["29 Jun 2029", "EUR 1.1M", "42 days"])
def test_dates_amounts_and_days_are_not_broken(whole):
    for room in range(100, 200, 5):
        lines = wrapped(f"the P80 is {whole} now", room, 13)
        assert any(whole in line.replace("\u00a0", " ") for line in lines)
