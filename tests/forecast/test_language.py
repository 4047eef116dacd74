"""Language: figures of a region, words of a catalogue, in force inside a `with` and in one thread alone."""

import copy
import pickle
import threading
from datetime import datetime

import pytest

from riskmc.errors import ArgumentError
from riskmc.forecast.catalogue.entries import FOLDER, TEMPLATE, template_text, updated_text
from riskmc.forecast.catalogue.sources import _said, texts
from riskmc.forecast.figures import chance, day, day_range, level_name, listed, money_format, number, span
from riskmc.forecast.language import ENGLISH, counted, formats, in_a_row, phrase, phrases, said, speaking, spoken
from riskmc.forecast.language_choice import find_language, find_locale, fits, read_translation, shipped_languages

HELD = "\u00a0"
JUNE, JULY, SEPTEMBER = datetime(2029, 6, 29, 12), datetime(2029, 7, 20, 12), datetime(2029, 9, 23, 12)
GERMAN = "20. Juli – 23. Sept. 2029"
FIGURES = {  # formats: date, range, money, thousands, chance, number, level
    "en": ("29 Jun 2029", "20 Jul – 23 Sep 2029", "EUR 61.4M", "EUR 850k", "38%", "1,204.5", "P99.5"),
    "de": (
        "29. Juni 2029",
        "20. Juli – 23. Sept. 2029",
        "61,4 Mio. EUR",
        "850 Tausend EUR",
        "38 %",
        "1.204,5",
        "P99,5",
    ),
    "de_CH": (
        "29. Juni 2029",
        "20. Juli – 23. Sept. 2029",
        "EUR 61.4 Mio.",
        "EUR 850 Tausend",
        "38%",
        "1’204.5",
        "P99.5",
    ),
    "fr": ("29 juin 2029", "20 juil. – 23 sept. 2029", "61,4 M EUR", "850 k EUR", "38 %", "1 204,5", "P99,5"),
    "ja": ("2029年6月29日", "2029年7月20日～9月23日", "EUR 61.4M", "EUR 850k", "38%", "1,204.5", "P99.5"),
    "ar": ("29 يونيو 2029", "20 يوليو – 23 سبتمبر 2029", "61.4 مليون EUR", "850 ألف EUR", "38%", "1,204.5", "P99.5"),
    "en_GB": ("29 Jun 2029", "20 Jul – 23 Sept 2029", "EUR 61.4M", "EUR 850k", "38%", "1,204.5", "P99.5"),
}


def figures():
    return (
        day(JUNE),
        day_range(JULY, SEPTEMBER),
        money_format("EUR", 61.4e6, 1e7)(61.4e6),
        money_format("EUR", 850e3)(850e3),
        chance(0.38),
        number(1204.5),
        level_name(0.995),
    )


@pytest.mark.parametrize("region", FIGURES)
def test_figures_are_written_as_in_their_region(region):
    with speaking(find_language("en", region)):
        assert tuple(told.replace(HELD, " ") for told in figures()) == FIGURES[region]


def test_a_figure_of_another_region_remembers_the_same_value():
    plain = [getattr(told, "value", None) for told in figures()]
    with speaking(find_language("de")):
        assert [getattr(told, "value", None) for told in figures()] == plain


def test_no_line_ends_inside_a_date_or_an_amount_of_another_region():
    with speaking(find_language("de")):
        date, between, *amounts = figures()
    assert not any(" " in told for told in (date, *amounts))
    assert between.split(" ") == [f"20.{HELD}Juli", "–", f"23.{HELD}Sept.{HELD}2029"]


def test_groups_of_digits_follow_the_region():
    with speaking(find_language("en", "hi_IN")):
        assert formats().number(12345678.25, 1) == "1,23,45,678.2"
    with speaking(find_language("en", "de")):
        assert [formats().number(n) for n in (0, 12, 999, 1000, 1234567)] == ["0", "12", "999", "1.000", "1.234.567"]


@pytest.mark.parametrize("region", [one for one in FIGURES if one != "en"])
def test_extreme_figures_can_be_written_everywhere(region):
    with speaking(find_language("en", region)):
        money = money_format("EUR", 1.2e9)
        told = [
            chance(0),
            chance(1),
            money(-1.2e9),
            money.range(None, 1.2e9),
            day_range(JUNE, JUNE),
            span(0),
            number(-0.4),
        ]
        assert all(told)
        assert money(-1.2e9).startswith("\u2212")
        assert day(datetime(1, 1, 2, 12))
        assert day_range(JULY, JULY.replace(day=23)) != day_range(JULY, SEPTEMBER)


def test_plain_english_needs_no_babel(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    assert find_language() is ENGLISH
    assert figures() == FIGURES["en"]
    with pytest.raises(ArgumentError, match=r"need Babel: pip install 'riskmc\[report\]'"):
        find_language("de")


def test_words_come_from_the_catalogue_and_what_is_missing_is_said_in_english():
    with speaking(find_language("de")):
        assert said("Milestones") == "Meilensteine"
        assert said("{gap} after the target", gap=span(86)) == "86 Tage nach dem Ziel"
        assert said("There is no such sentence with {count}", count=3) == "There is no such sentence with 3"
    assert said("Milestones") == "Milestones"


def test_numbers_choose_their_plural_form(tmp_path):
    with speaking(find_language("de")):
        assert [span(days) for days in (1, 2, 1204)] == ["1 Tag", "2 Tage", "1.204 Tage"]
    polish = 'msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} dzień"\n'
    polish += 'msgstr[1] "{count} dni"\nmsgstr[2] "{count} dni!"\n'
    (tmp_path / "pl.po").write_text(polish, encoding="utf-8")
    with speaking(find_language("pl", translation=tmp_path / "pl.po")):
        assert [span(days) for days in (1, 2, 5)] == ["1 dzień", "2 dni", "5 dni!"]
    assert counted("{count} risk", "{count} risks", 1000) == "1,000 risks"


def test_a_phrase_is_english_until_it_is_said_in_a_language():
    risks = phrases("{count} more risks", "{count} more risks", 1204)
    told = phrase("{what} from {old} to {new}", what=phrase("risk"), old=0.25, new=day(JUNE))
    assert (risks, told) == ("1,204 more risks", "risk from 0.25 to 29 Jun 2029")
    with speaking(find_language("de")):
        assert said(told).replace(HELD, " ") == "Risiko von 0,25 auf 29. Juni 2029"
        assert said(phrases("{count} day", "{count} days", 1204)) == "1.204 Tage"
        assert said(in_a_row([phrase("risk"), "a {name}", phrase("activity")])) == "Risiko, a {name}, Vorgang"
        assert said(phrase("longer than {days:g} d", days=12345.5)) == "länger als 12345,5 T"
    assert (said(told), said(in_a_row(["one"]))) == (told, "one")


def test_a_phrase_survives_copies_and_other_processes():
    told = phrases("{count} day", "{count} days", 3)
    for again in (copy.deepcopy(told), pickle.loads(pickle.dumps(told))):
        with speaking(find_language("de")):
            assert (again, said(again)) == ("3 days", "3 Tage")


def test_braces_in_a_name_are_no_placeholders():
    assert said("{name} finish", name="{date} {0}") == "{date} {0} finish"
    assert said("{left as it is") == "{left as it is"


def test_a_language_ends_with_its_block_and_with_an_exception():
    german = find_language("de")
    with speaking(german):
        assert spoken() is german
        with speaking(ENGLISH):
            assert spoken() is ENGLISH
        assert spoken() is german
    with pytest.raises(KeyError), speaking(german):
        raise KeyError
    assert spoken() is ENGLISH


def test_other_threads_do_not_hear_it():
    heard = []
    with speaking(find_language("de")):
        thread = threading.Thread(target=lambda: heard.append((day(JUNE), said("Milestones"))))
        thread.start()
        thread.join()
        assert day(JUNE) != "29 Jun 2029"
    assert heard == [("29 Jun 2029", "Milestones")]


def test_names_are_listed_in_the_language_and_its_decimal_comma_parts_none():
    with speaking(find_language("de")):
        assert listed(["61,4", "62,0"]) == "61,4 und 62,0"
        assert listed(["a, b", "c"]) == "'a, b' und 'c'"
    assert listed(["a", "b"], 2) == "a, b and 2 more"


@pytest.mark.parametrize(
    "words, region, message",
    [
        ("klingon", "", "no language or region is called 'klingon'"),
        ("en", "dee", "no language or region is called 'dee'"),
        ("fr", "", "no translation into 'fr' is shipped; there are en, de"),
        ("../de", "", "no language or region"),
        ("", "", "no language or region"),
    ],
)
def test_an_unknown_language_is_refused_with_the_way_out(words, region, message):
    with pytest.raises(ArgumentError, match=message):
        find_language(words, region)


def test_a_dialect_takes_the_translation_of_its_language():
    with speaking(find_language("de_AT")) as language:
        assert (said("Milestones"), language.name) == ("Meilensteine", "de-AT")


def test_arabic_lines_run_from_right_to_left(tmp_path):
    (tmp_path / "ar.po").write_text('msgid "Plan"\nmsgstr "خطة"\n', encoding="utf-8")
    arabic = find_language("ar", translation=tmp_path / "ar.po")
    assert not arabic.rightwards
    assert find_language("de").rightwards


@pytest.mark.parametrize(
    "translated", ["{days.__class__} x", "{days!r} x", "{days:>99999999}", "{other}", "x", "{days", "{}"]
)
def test_a_translation_that_asks_for_other_values_is_left_out(tmp_path, translated):
    file = tmp_path / "de.po"
    sound = 'msgid "Plan"\nmsgstr "Entwurf"\n\n'
    file.write_text(f'{sound}msgid "{{days}} d"\nmsgstr "{translated}"\n', encoding="utf-8")
    with speaking(find_language("de", translation=file)):
        assert (said("{days} d", days=3), said("Plan")) == ("3 d", "Entwurf")


@pytest.mark.parametrize("content", [b"\x00\xff\xfe", b"msgstr", b'msgid "a\n', b"<html>", b"\xff" * 100])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path, content):
    file = tmp_path / "broken.po"
    file.write_bytes(content)
    with pytest.raises(ArgumentError, match=r"is no \.po file"):
        find_language("de", translation=file)
    with pytest.raises(ArgumentError, match="cannot be read"):
        find_language("de", translation=tmp_path / "absent.po")


def test_the_catalogue_holds_the_texts_that_the_sources_say():
    again = "run `python -m riskmc.forecast.catalogue` and translate what is new"
    assert TEMPLATE.read_text(encoding="utf-8") == template_text(), again
    for path in sorted(FOLDER.glob("*.po")):
        assert path.read_text(encoding="utf-8") == updated_text(path), again


def test_german_is_complete_but_for_a_few_texts_and_every_value_stands_in_it():
    from babel.messages.pofile import read_po

    with (FOLDER / "de.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    done = [message for message in messages if message.string and all(message.string)]
    assert len(messages) == len(texts())
    assert len(done) >= 0.95 * len(messages)
    assert [message.id for message in done if not fits(message)] == []
    assert shipped_languages() == ["en", "de"]


def test_the_catalogue_reads_literals_alone():
    head = "from riskmc.forecast.language import said\n"
    source = 'said("a {b}", b=1); counted("x", "y", 2); marked("z"); said(NAME); phrase("p"); phrases("q", "r", 2)'
    assert list(_said(head + source)) == [("a {b}",), ("x", "y"), ("z",), ("p",), ("q", "r")]
    assert list(_said('said("of another module")')) == []
    with pytest.raises(ValueError, match="line 2: said takes a text as it is"):
        list(_said(head + 'said(f"a {b}")'))


def test_a_translation_is_read_for_its_locale():
    assert read_translation(FOLDER / "de.po", find_locale("de")).gettext("Milestones") == "Meilensteine"
