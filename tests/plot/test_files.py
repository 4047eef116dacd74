"""Files of pictures: whole or not at all, the same bytes each time, light and dark."""

import pytest
from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.text import Text

import riskmc as rm
from pictured import ferry
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.plot import files


def test_svg_and_png_have_the_same_bytes_each_time(tmp_path):
    for name in ("one", "two"):
        ax = plot.histogram(ferry().finish())
        plot.write_png(ax, tmp_path / f"{name}.png")
        (tmp_path / name).mkdir()
        plot.write_svg(ax, tmp_path / name / "p.svg")
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    assert (tmp_path / "one" / "p.svg").read_bytes() == (tmp_path / "two" / "p.svg").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "one.png", "two", "two.png"]


@pytest.mark.parametrize("dark, paper", [(False, (255, 255, 255)), (True, (0x11, 0x16, 0x1D))])
def test_a_png_has_the_paper_of_its_scheme_at_every_edge_and_ink_upon_it(tmp_path, dark, paper):
    plot.write_png(plot.joint(ferry()), tmp_path / "p.png", dark=dark)
    pixels = (image.imread(tmp_path / "p.png")[:, :, :3] * 255).round()
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert (edge == paper).all()
    ink = (0xE9, 0xEE, 0xF4) if dark else (0x18, 0x21, 0x2B)
    assert (pixels == ink).all(axis=2).sum() > 500


def test_a_dark_drawing_leaves_the_picture_as_it_was(tmp_path):
    ax = plot.joint(ferry())
    before = plot.to_svg(ax, "one")
    plot.write_png(ax, tmp_path / "p.png", dark=True)
    assert plot.to_svg(ax, "one") == before


def test_names_of_the_far_east_take_a_font_of_the_machine_that_has_their_letters(monkeypatch):
    ax = plot.s_curve(rm.Forecast("試運転", ferry().cost().samples, "EUR"))
    texts = [text for text in ax.findobj(Text) if "試" in text.get_text()]
    seen = []
    monkeypatch.setattr(files, "_eastern_fonts", lambda: ("Noto Sans CJK JP",))
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: seen.append([text.get_fontfamily() for text in texts]))
    files.png_bytes(ax)
    assert seen == [[["DejaVu Sans", "Noto Sans CJK JP"]] * len(texts)]
    assert texts
    assert all(text.get_fontfamily() == ["DejaVu Sans"] for text in texts)


def test_the_size_of_a_png_follows_its_scale(tmp_path):
    ax = plot.s_curve(ferry().finish(), width=plot.HALF)
    for scale in (1, 2):
        plot.write_png(ax, tmp_path / f"{scale}.png", scale=scale)
    small, large = (image.imread(tmp_path / f"{scale}.png").shape for scale in (1, 2))
    assert small[1] == 468 + 32
    assert large[1] == 2 * small[1]


@pytest.mark.parametrize("write", [plot.write_svg, plot.write_png])
def test_a_folder_that_is_not_there_is_an_argument_error_and_nothing_is_left(write, tmp_path):
    with pytest.raises(ArgumentError, match=r"cannot write .*nowhere.*: No such file"):
        write(plot.s_curve(ferry().finish()), tmp_path / "nowhere" / "p")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_stays_and_nothing_is_left_beside_it(tmp_path):
    (tmp_path / "p.svg").mkdir()
    with pytest.raises(ArgumentError, match="cannot write"):
        plot.write_svg(plot.s_curve(ferry().finish()), tmp_path / "p.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]
