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


def test_known_forces_look_alike_whoever_else_is_there() -> None:
    alone, among = owner_styles(["HCG", "TCG"]), owner_styles(["made-up", "TCG", "NATO", "HCG"])
    assert (alone["HCG"], alone["TCG"]) == (among["HCG"], among["TCG"])
    assert len(set(among.values())) == 4


def test_of_two_that_would_look_alike_the_second_takes_what_is_left() -> None:
    styles = owner_styles(["NATO", "SeaGuardian", "HCG"])
    assert styles["NATO"] == owner_styles(["NATO"])["NATO"]
    assert len(set(styles.values())) == 3
