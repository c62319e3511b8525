"""A share says how sure it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.shares import percent, wilson


@pytest.mark.parametrize(("n", "of", "said"), [(6, 10, (31, 83)), (12, 20, (39, 78)), (0, 8, (0, 32))])
def test_the_intervals_the_framework_names(n: int, of: int, said: tuple[int, int]) -> None:
    assert tuple(map(percent, wilson(n, of))) == said


@pytest.mark.parametrize(("n", "of"), [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_has_no_interval(n: int, of: int) -> None:
    with pytest.raises(ValueError, match=str(of)):
        wilson(n, of)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_narrows(counted: tuple[int, int]) -> None:
    n, of = counted
    low, high = wilson(n, of)
    assert 0 <= low <= n / of <= high <= 1
    wider, narrower = high - low, wilson(4 * n, 4 * of)
    assert narrower[1] - narrower[0] < wider
