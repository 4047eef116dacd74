"""Theme files: every word means something, all faults are told at once with their lines, nothing hostile gets in."""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from riskmc.errors import InputError
from riskmc.forecast.colours import PALETTE
from riskmc.forecast.language import ENGLISH, said, speaking
from riskmc.plot.palette import MARK_COLOURS, TEXT_COLOURS
from riskmc.reports.committee.composed import PARTS
from riskmc.reports.theme.contrast import contrast, mid, on_dark, pale
from riskmc.reports.theme.file import ThemeWords, read_theme
from riskmc.reports.theme.logo import MOST_BYTES, logo_fault, read_logo
from riskmc.reports.theme.template import theme_text

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def png(width, height):
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")


def _chunk(kind, content):
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def jpeg(width, height):
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x11\x08" + pack(">HH", height, width) + b"\x03" + bytes(20)


def theme(folder, text):
    file = folder / "house.yaml"
    file.write_text(text, encoding="utf-8")
    return read_theme(file)


def faults(folder, text):
    with pytest.raises(InputError) as refused:
        theme(folder, text)
    return [str(problem).split("house.yaml", 1)[1] for problem in refused.value.problems]


def test_every_word_of_a_theme_is_read(tmp_path):
    (tmp_path / "logo.png").write_bytes(png(300, 80))
    with zipfile.ZipFile(tmp_path / "master.pptx", "w") as packed:
        packed.writestr("ppt/presentation.xml", "<x/>")
    found = theme(
        tmp_path,
        "logo: logo.png\nmaster: master.pptx\nlanguage: de\nformats: de-CH\nmark: Entwurf\nsections: [cash, forecast]\n"
        'colours: {accent: "#00539f", threat: {light: "a3320b", dark: "#ffaa66"}}\n',
    )
    assert (found.logo, found.master) == (tmp_path / "logo.png", tmp_path / "master.pptx")
    assert (found.language, found.formats, found.mark, found.sections) == (
        "de",
        "de_CH",
        "Entwurf",
        ("cash", "forecast"),
    )
    assert found.colours["forecast"][0] == "#00539f"
    assert found.colours["threat"] == ("#a3320b", "#ffaa66")
    with speaking(found.speech()) as language:
        assert (said("Milestones"), language.formats.number(1204.5, 1)) == ("Meilensteine", "1’204.5")


def test_a_theme_that_says_nothing_is_plain(tmp_path):
    found = theme(tmp_path, "language: en\n")
    assert (found.colours, found.sections, found.logo, found.speech()) == ({}, None, None, ENGLISH)


def test_the_template_reads_as_it_stands_and_with_everything_taken_out_of_its_comments(tmp_path):
    text = theme_text("house.yaml")
    assert theme(tmp_path, text).colours == {}
    bare = "".join(line.removeprefix("# ").removeprefix("#") + "\n" for line in text.splitlines() if _said(line))
    found = theme(tmp_path, bare.replace("logo: logo.svg\n", "").replace("master: master.pptx\n", "")
                  .replace("translation: house.po\n", ""))  # fmt: skip
    assert found.sections == tuple(PARTS)
    assert found.colours == {}
    assert (found.mark, found.formats) == ("Draft", "en_GB")
    assert all(f"{word}:" in text for word in ThemeWords.model_fields)


def _said(line):
    """Whether a line of the template is a word of it rather than prose."""
    words = [*(f"# {word}:" for word in ThemeWords.model_fields), "language:", "#   "]
    return any(line.startswith(word) for word in words)


MALFORMED = {
    "empty": ("", "the file is empty; a theme file begins with `language: en`"),
    "a list": ("- a\n", "a theme file is a mapping (`language: en`), found a list"),
    "text": ("house\n", "a theme file is a mapping (`language: en`), found text"),
    "broken YAML": ("colours: {accent: \n", "not closed"),
    "a tab": ("colours:\n\taccent: x\n", "tab"),
    "said twice": ("mark: a\nmark: b\n", ":2: mark: is said twice; first on line 1"),
    "unknown word": ("langage: de\n", ":1: langage: unknown word 'langage'; did you mean 'language'?"),
    "unknown language": ("language: xx\n", ":1: language: no language or region is called 'xx'"),
    "untranslated": ("language: fr\n", ":1: language: no translation into 'fr' is shipped; there are en, de"),
    "unknown region": ("formats: de_ZZ9\n", ":1: formats: no language or region is called 'de_ZZ9'"),
    "language as list": ("language: [en]\n", ":1: language: text is needed, got a list"),
    "absent translation": ("language: pt\ntranslation: pt.po\n", ":2: translation: "),
    "unknown section": (
        "sections: [forcast]\n",
        ":1: sections[0]: no section is called 'forcast'; did you mean 'forecast'?",
    ),
    "section twice": ("sections:\n- cash\n- cash\n", ":3: sections[1]: cash is there already"),
    "no section": ("sections: []\n", ":1: sections: a report has at least one section"),
    "sections as text": ("sections: cash\n", ":1: sections: a list is needed, got 'cash'"),
    "sections of mappings": ("sections:\n- {cash: 1}\n", "sections[0]: text is needed, got a mapping"),
    "colours as text": ("colours: blue\n", ":1: colours: a mapping (lines of `key: value`) is needed, got 'blue'"),
    "unknown colour": (
        'colours:\n  forcast: "#000000"\n',
        ":2: colours.forcast: no colour has this name; did you mean 'forecast'?",
    ),
    "no colour": (
        "colours:\n  threat: red\n",
        """:2: colours.threat: a colour is written "#1f5fa8", in quotes, got 'red'""",
    ),
    "comment for colour": ("colours:\n  threat: #aa0000\n", "got nothing; without quotes # begins a comment"),
    "colour of lists": ('colours:\n  threat: ["#aa0000"]\n', ":2: colours.threat: a colour is written"),
    "unknown scheme": (
        'colours:\n  threat: {night: "#ffaa66"}\n',
        ":2: colours.threat.night: a colour is for light or dark",
    ),
    "pale mark": (
        'colours: {plan: "#eeeeee"}\n',
        ":1: colours.plan: #eeeeee has a contrast of 1.2 on white; marks need 3.0",
    ),
    "pale text": (
        'colours: {forecast: "#ffff00"}\n',
        ":1: colours.forecast: #ffff00 has a contrast of 1.1 on white; text needs 4.5",
    ),
    "dark on dark": (
        'colours: {gain: {dark: "#002200"}}\n',
        "#002200 has a contrast of 1.1 on dark paper, #11161d; text needs 4.5",
    ),
    "paper as ink": (
        'colours: {paper: "#18212b"}\n',
        ":1: colours.paper: ink: #18212b has a contrast of 1.0 on light paper",
    ),
    "look alike": ('colours: {gain: "#1f5fa9"}\n', "forecast and gain look alike, #1f5fa8 and #1f5fa9"),
    "accent twice": ('colours: {accent: "#00539f", forecast: "#00539f"}\n', "accent is another word for forecast"),
    "absent logo": ("logo: none.png\n", ":1: logo: there is no picture"),
    "logo a folder": ("logo: .\n", ":1: logo: there is no picture"),
    "logo with a null": ('logo: "a\\0b"\n', ":1: logo: "),
    "no picture": ("logo: house.yaml\n", ":1: logo: house.yaml is neither PNG, JPEG nor SVG"),
    "master no pptx": ("master: house.yaml\n", ":1: master: house.yaml is no PowerPoint file (.pptx)"),
    "absent master": ("master: x.pptx\n", ":1: master: there is no file"),
    "long mark": (f"mark: {'x' * 41}\n", ":1: mark: is one line of at most 40 printable characters"),
    "mark that steers": ('mark: "a\\u202eb"\n', ":1: mark: is one line of at most 40 printable characters"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_theme_is_refused_with_the_place_and_the_rule(tmp_path, name):
    text, message = MALFORMED[name]
    assert any(message in told for told in faults(tmp_path, text)), faults(tmp_path, text)


def test_all_faults_of_a_theme_are_told_in_one_go(tmp_path):
    told = faults(
        tmp_path,
        "language: xx\nmarc: Draft\nlogo: none.png\nsections: [forcast]\n"
        'colours:\n  gren: "#00ff00"\n  threat: "#ffeeee"\n',
    )
    assert [one.split(": ")[0] + " " + one.split(": ")[1] for one in told] == [
        ":1 language", ":2 marc", ":3 logo", ":4 sections[0]", ":6 colours.gren", ":7 colours.threat",
    ]  # fmt: skip


@pytest.mark.parametrize("accent", ["#00539f", "#7a003c", "#b00020", "#5b2a86", "#0b5394"])
def test_what_follows_from_one_colour_can_be_read_in_light_and_dark(tmp_path, accent):
    own = {**PALETTE, **theme(tmp_path, f'colours: {{accent: "{accent}"}}\n').colours}
    for at in (0, 1):
        paper = own["paper"][at]
        assert all(contrast(own[name][at], paper) >= 4.5 for name in TEXT_COLOURS)
        assert all(contrast(own[name][at], paper) >= 3.0 for name in MARK_COLOURS)
        assert contrast(own["forecast_pale"][at], paper) < 2


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known grey just below the rule
    assert contrast(mid("#1f5fa8", "#ffffff"), "#ffffff") >= 3
    assert contrast(on_dark("#1f5fa8", "#11161d"), "#11161d") >= 7
    assert contrast(pale("#1f5fa8", "#ffffff"), "#ffffff") < 1.5


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<rect onload="alert(1)" width="1" height="1"/>',
    "link": '<a href="https://example.org"><rect width="1" height="1"/></a>',
    "javascript": '<a xlink:href="javascript:alert(1)"><rect width="1" height="1"/></a>',
    "picture elsewhere": '<image href="http://example.org/x.png"/>',
    "file elsewhere": '<image xlink:href="file:///etc/passwd"/>',
    "svg in svg": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "foreign markup": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "style that imports": "<style>@import 'https://example.org/x.css';</style>",
    "style that loads": "<style>rect { fill: url(https://example.org/x#y) }</style>",
    "attribute that loads": '<rect style="fill:url(//example.org/x)" width="1" height="1"/>',
    "moving": '<rect><animate attributeName="href" to="javascript:alert(1)"/></rect>',
    "setting": '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_logo_that_holds_more_than_a_picture_is_refused(tmp_path, name):
    file = tmp_path / "logo.svg"
    file.write_text(SVG.format(HOSTILE[name]), encoding="utf-8")
    assert "a logo is a picture alone" in logo_fault(file)


@pytest.mark.parametrize(
    "content, message",
    [
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "document type"),
        (b"<svg", "is no sound SVG"),
        (b"<p><svg/></p>", "is no SVG"),
        (png(9000, 20), "9,000 x 20 pixels"),
        (png(20, 20)[:40], "is damaged"),
        (jpeg(20, 5000), "20 x 5,000 pixels"),
        (b"\xff\xd8\xff" + bytes(200), "is damaged"),
        (b"GIF89a" + bytes(20), "is neither PNG, JPEG nor SVG"),
        (b"", "is neither PNG, JPEG nor SVG"),
        (bytes(MOST_BYTES + 1), "a logo has at most 300 kB"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_small_sound_picture_is_refused(tmp_path, content, message):
    file = tmp_path / "logo"
    file.write_bytes(content)
    assert message in logo_fault(file)


@pytest.mark.parametrize(
    "shape, size",
    [
        ('viewBox="0 0 240 60"', (240, 60)),
        ('viewBox="0,0,24.5,6" width="10" height="10"', (24.5, 6)),
        ('width="30mm" height="15mm"', (30, 15)),
        ('width="100%"', (300, 150)),
        ('viewBox="0 0 0 0"', (300, 150)),
    ],
)
def test_an_svg_is_as_large_as_its_view(tmp_path, shape, size):
    file = tmp_path / "logo.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {shape}/>')
    found = read_logo(file)
    assert (found.width, found.height, found.drawn) == (*size, True)
    width, height = found.within(100, 50)
    assert max(width / 100, height / 50) == pytest.approx(1)
    assert width / height == pytest.approx(size[0] / size[1])


def test_pixels_to_the_inch_are_left_out_of_a_logo_and_nothing_else_is(tmp_path):
    for name in ("logo.png", "logo.jpg"):
        Image.new("RGB", (40, 10), "#1f5fa8").save(tmp_path / name, dpi=(300, 300))
        found = read_logo(tmp_path / name)
        told = Image.open(BytesIO(found.undotted()))
        assert "dpi" in Image.open(BytesIO(found.content)).info
        assert told.info.get("dpi", (1, 1)) == (1, 1)
        assert told.tobytes() == Image.open(BytesIO(found.content)).tobytes()
    plain = png(30, 8)
    (tmp_path / "plain.png").write_bytes(plain)
    assert read_logo(tmp_path / "plain.png").undotted() == plain
    assert read_logo(None) is None


def test_sound_logos_are_taken(tmp_path):
    inside = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" width="1" height="1"/><use href="#g"/>'
    for name, content in (("a.svg", SVG.format(inside).encode()), ("b.png", png(300, 80)), ("c.jpg", jpeg(300, 80))):
        (tmp_path / name).write_bytes(content)
        assert logo_fault(tmp_path / name) == ""


def test_paths_are_counted_from_the_theme_file(tmp_path, monkeypatch):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "logo.png").write_bytes(png(30, 8))
    (tmp_path / "house" / "look.yaml").write_text("logo: logo.png\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = read_theme(Path("house/look.yaml"))
    assert found.logo is not None
    assert found.logo.is_file()
