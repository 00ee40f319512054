import numpy as np
import pytest

from aegean_sim.views.style import OTHERS, PROBABILITY_BINS, owner_styles, probability_colours


def test_owners_have_looks_of_their_own_in_their_order() -> None:
    styles = owner_styles(["NATO", "HCG", "NATO", "TCG"])
    assert list(styles) == ["NATO", "HCG", "TCG"]
    assert (
        len({look.colour for look in styles.values()}) == len({look.shape for look in styles.values()}) == 3
    )
    assert owner_styles(["NATO"])["NATO"] == styles["NATO"]


def test_owners_beyond_the_colours_share_one() -> None:
    styles = owner_styles(f"force-{number}" for number in range(12))
    assert [name for name, look in styles.items() if look == OTHERS] == [f"force-{n}" for n in range(7, 12)]


def test_bins_have_one_colour_each_and_what_is_below_has_none() -> None:
    colours, norm = probability_colours()
    edges = np.array(PROBABILITY_BINS)
    middles = colours(norm(0.5 * (edges[1:] + edges[:-1])))
    assert len(np.unique(middles, axis=0)) == len(edges) - 1
    np.testing.assert_array_equal(colours(norm(edges[:-1])), middles)
    np.testing.assert_array_equal(colours(norm(np.ma.masked_invalid([0.0, 0.0499, np.nan])))[:, 3], 0.0)


@pytest.mark.parametrize("darker", range(1, 10))
def test_more_is_darker(darker: int) -> None:
    colours, _ = probability_colours()
    brightness = np.array([0.2126, 0.7152, 0.0722])
    assert colours(darker)[:3] @ brightness < colours(darker - 1)[:3] @ brightness
