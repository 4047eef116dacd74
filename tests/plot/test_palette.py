"""The palette: text and marks stand out from the paper, and meanings from each other, light and dark."""

import numpy as np
import pytest

from riskmc.plot.palette import DARK, LIGHT, MARK_COLOURS, PALETTE, TEXT_COLOURS, declarations, variable

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15, 1291-1298, table of severity 1.0
SIGHT = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    """Linear RGB of "#rrggbb" (WCAG 2.2, relative luminance)."""
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB under D65."""
    to_xyz = np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    xyz = np.clip(rgb, 0, 1) @ to_xyz / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", TEXT_COLOURS)
def test_text_has_a_contrast_of_at_least_4_5_to_the_paper(scheme, name):
    assert contrast(scheme[name], scheme["paper"]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", MARK_COLOURS)
def test_marks_have_a_contrast_of_at_least_3_to_the_paper(scheme, name):
    assert contrast(scheme[name], scheme["paper"]) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_forecast_and_threat_stay_far_apart_in_every_colour_deficiency(scheme, sight):
    seen = [lab(np.array(SIGHT[sight]) @ linear(scheme[name])) for name in ("forecast", "threat")]
    assert np.linalg.norm(seen[0] - seen[1]) >= 60


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_colour_is_a_variable_of_both_schemes_and_no_two_light_ones_are_alike():
    for name, (light, dark) in PALETTE.items():
        assert f"{variable(name)[4:-1]}:{light};" in declarations()
        assert f"{variable(name)[4:-1]}:{dark};" in declarations(dark=True)
    assert len(set(LIGHT.values())) == len(PALETTE)
