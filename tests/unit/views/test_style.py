from aegean_sim.views.style import OTHERS, OwnerStyle, owner_styles, shape_of


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


def test_ships_aircraft_and_stations_have_marks_of_their_own() -> None:
    look = OwnerStyle("#000000", "D")
    marks = {kind: shape_of(kind, look)[0] for kind in ("ship", "aircraft", "station")}
    assert marks["ship"] == "D"
    assert len({str(mark) for mark in marks.values()}) == 3
