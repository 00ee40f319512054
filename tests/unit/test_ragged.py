import numpy as np

from aegean_sim.ragged import begins, distinct, firsts, ragged


def test_ranges_are_written_out_with_their_owners() -> None:
    owner, member = ragged(np.array([5, 0, 7]), np.array([2, 0, 3]))
    assert owner.tolist() == [0, 0, 2, 2, 2]
    assert member.tolist() == [5, 6, 7, 8, 9]


def test_no_ranges_have_no_members() -> None:
    owner, member = ragged(np.array([3]), np.array([0]))
    assert len(owner) == len(member) == 0


def test_a_group_begins_where_any_column_changes() -> None:
    sensor, boat = np.array([0, 0, 0, 1, 1]), np.array([4, 4, 6, 6, 6])
    assert begins(sensor, boat).tolist() == [True, False, True, True, False]
    assert firsts(sensor, boat).tolist() == [0, 2, 3]
    assert firsts(np.empty(0, dtype=np.int64)).tolist() == []


def test_distinct_values_are_found_in_the_order_in_which_they_come() -> None:
    codes = np.array([7, 7, 0, 7, 3, 3, 0])
    found, which = distinct(codes)
    assert found.tolist() == [7, 0, 3]
    np.testing.assert_array_equal(found[which], codes)
    assert [len(each) for each in distinct(codes[:0])] == [0, 0]
