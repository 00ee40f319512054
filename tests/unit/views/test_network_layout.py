"""Made-up networks on paper: nothing lies on anything else, whatever there is to place."""

from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.views.network_curves import WIDTH
from aegean_sim.views.network_layout import Plan, laid_out
from aegean_sim.views.network_marks import label_size

LABELS = ("5 min", "85 min (45–150)", "300 min (49–1,828) + 6.9", "silenced")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to eight desks with up to twenty links, and up to five round tables."""
    names = [f"desk-{number}" for number in range(draw(st.integers(1, 8)))]
    forces = {name: [f"{name}-force-{row}" for row in range(draw(st.integers(0, 5)))] for name in names}
    pairs = list(permutations(names, 2))
    linked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    sizes = {pair: label_size(draw(st.sampled_from(LABELS))) for pair in linked}
    seated = st.lists(st.sampled_from(names), unique=True, min_size=min(2, len(names)))
    tables = draw(st.lists(seated, max_size=5)) if len(names) > 1 else []
    return Plan(forces, sizes, {f"table-{place}": each for place, each in enumerate(tables)})


@settings(max_examples=40, deadline=None)
@given(plans())
def test_no_box_meets_another_and_all_are_on_the_paper(plan: Plan) -> None:
    layout = laid_out(plan)
    boxes = [*layout.desks.values(), *layout.forces.values(), *layout.labels.values()]
    boxes += layout.tables.values()
    assert list(layout.tables) == list(plan.tables)
    assert set(layout.desks) == set(plan.forces)
    assert set(layout.labels) == set(layout.links) == set(plan.label_sizes)
    assert len(layout.forces) == sum(map(len, plan.forces.values()))
    for one, other in combinations(boxes, 2):
        assert not one.meets(other), (one, other)
    for box in boxes:
        assert min(box.left, box.top) > -1e-9
        assert box.right < WIDTH + 1e-9
        assert box.bottom < layout.height


@settings(max_examples=30, deadline=None)
@given(plans())
def test_links_lead_from_edge_to_edge_and_never_share_an_end(plan: Plan) -> None:
    layout = laid_out(plan)
    ends = []
    for (sender, receiver), curve in layout.links.items():
        for name, (x, y) in ((sender, curve[0]), (receiver, curve[3])):
            box = layout.desks[name]
            assert x in (box.left, box.right)
            assert box.top < y < box.bottom
            ends.append((name, float(y)))
    assert len(set(ends)) == len(ends)


@settings(max_examples=40, deadline=None)
@given(plans())
def test_seats_lead_from_the_table_through_the_channel_to_the_desk(plan: Plan) -> None:
    layout = laid_out(plan)
    for name, seated in plan.tables.items():
        table = layout.tables[name]
        for desk, curve in zip(seated, layout.seats[name], strict=True):
            box, (start_x, start_y), (end_x, end_y) = layout.desks[desk], curve[0], curve[3]
            assert table.left < start_x < table.right
            assert table.top < start_y < table.bottom
            assert (end_x == box.right < start_x) if box.left < WIDTH / 2 else (end_x == box.left > start_x)
            assert box.top < end_y < box.bottom


def test_desks_that_forces_report_to_come_first() -> None:
    sizes = {pair: label_size("5 min") for pair in [("sea", "staff"), ("staff", "capital")]}
    layout = laid_out(Plan({"capital": [], "staff": [], "sea": ["NATO"]}, sizes, {}))
    assert layout.desks["sea"].left == layout.desks["staff"].left < layout.desks["capital"].left
    assert layout.desks["sea"].top < layout.desks["staff"].top


def test_a_desk_alone_stands_in_the_middle() -> None:
    box = laid_out(Plan({"hq": ["NATO"]}, {}, {})).desks["hq"]
    assert box.middle[0] == WIDTH / 2


def test_an_empty_network_takes_no_room() -> None:
    assert laid_out(Plan({}, {}, {})).height < 0.2
