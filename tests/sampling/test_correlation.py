"""Correlation asked for and achieved, marginals left alone, and what is refused."""

import numpy as np
import pytest
from scipy import stats

import scored
from riskmc.errors import ProgramError
from riskmc.sampling import correlate
from riskmc.sampling.correlation import normal_score, spearman
from riskmc.sampling.matrix import factor, nearest_correlation

FALSE_ALARM = 1e-6
BLOCKS = 200


def mixed(names, groups=(), pairs=(), blocks=BLOCKS, seed=1):
    """Mixed scores (float32[n, 256 * blocks])."""
    mixing = correlate(names, groups, pairs)
    everything = [*names, *mixing.factors]
    z = np.empty((len(everything), 256), np.float32)
    found = []
    for block in range(blocks):
        scored.fill(everything, seed, block, z)
        mixing.mix(z)
        found.append(z[: len(names)].copy())
    return np.concatenate(found, axis=1), mixing


def close(achieved, asked, n):
    """Whether a sample correlation lies where one of ``n`` normal pairs does but once in a million (Fisher's z)."""
    bound = stats.norm.isf(FALSE_ALARM / 2) / np.sqrt(n - 3)
    return abs(np.arctanh(achieved) - np.arctanh(asked)) < bound


def test_a_matrix_on_the_edge_of_the_possible_is_no_repair_worth_a_word():
    mixing = correlate(
        list("abcd"), [], [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, -1.0), (0, 3, -1.0), (1, 3, -1.0)]
    )
    assert mixing.repairs == ()


@pytest.mark.parametrize("rho", [-1, -0.5, 0, 0.3, 0.8, 1])
def test_spearman_and_normal_scores_convert_both_ways(rho):
    assert spearman(normal_score(rho)) == pytest.approx(rho, abs=1e-10)


@pytest.mark.statistical
def test_every_pair_of_a_group_has_the_value_asked_for():
    """Five members at Spearman 0.4, and a stranger; 51,200 draws, false alarm one in a million a pair."""
    z, _ = mixed(list("abcdef"), [("g", 0.4, range(5))])
    achieved = np.corrcoef(z.astype(float))
    asked = np.eye(6)
    asked[:5, :5] = normal_score(0.4)
    for i in range(6):
        for j in range(i):
            assert close(achieved[i, j], asked[i, j], z.shape[1])


@pytest.mark.statistical
def test_spearman_itself_is_what_was_asked_for():
    """Rank correlation of 51,200 pairs: its standard error is below 1.06 / sqrt(n) (Fieller, Hartley, Pearson 1957)."""
    z, _ = mixed(["a", "b", "c"], [("g", 0.5, [0, 1])], [])
    achieved = stats.spearmanr(z[0], z[1]).statistic
    bound = stats.norm.isf(FALSE_ALARM / 2) * 1.06 / np.sqrt(z.shape[1])
    assert abs(np.arctanh(achieved) - np.arctanh(0.5)) < bound


@pytest.mark.statistical
def test_nested_groups_give_the_inner_value_inside_and_the_outer_value_across():
    z, mixing = mixed(list("abcdef"), [("inner", 0.7, [0, 1, 2]), ("outer", 0.3, range(5))])
    achieved = np.corrcoef(z.astype(float))
    assert mixing.factors == ("outer", "inner")
    for i, j, rho in ((0, 1, 0.7), (1, 2, 0.7), (0, 3, 0.3), (3, 4, 0.3), (0, 5, 0.0)):
        assert close(achieved[i, j], normal_score(rho), z.shape[1])


@pytest.mark.statistical
def test_a_cluster_of_pairs_has_its_matrix():
    asked = {(0, 1): 0.6, (1, 2): -0.4, (2, 3): 0.2, (4, 5): 0.9}
    z, mixing = mixed(list("dacbfe"), [], [(a, b, rho) for (a, b), rho in asked.items()])
    achieved = np.corrcoef(z.astype(float))
    assert mixing.repairs == ()
    for i in range(6):
        for j in range(i):
            assert close(achieved[i, j], normal_score(asked.get((j, i), asked.get((i, j), 0.0))), z.shape[1])


@pytest.mark.statistical
def test_mixed_scores_stay_normal():
    """Kolmogorov and Smirnov's test of 51,200 draws a variable, false alarm one in a million."""
    z, _ = mixed(list("abcdefg"), [("group/g", 0.6, [0, 1]), ("group/h", 0.2, [0, 1, 2])], [(3, 4, 0.9), (4, 5, -0.7)])
    for row in z:
        assert stats.kstest(row.astype(float), "norm").pvalue > FALSE_ALARM


def test_squared_weights_of_every_mixed_score_add_up_to_one():
    mixing = correlate(
        list("abcdefg"), [("group/g", 0.6, [0, 1]), ("group/h", 0.2, [0, 1, 2])], [(3, 4, 0.9), (4, 5, -0.7)]
    )
    total = np.add.reduceat(mixing.weight.astype(float) ** 2, mixing.start[:-1])
    np.testing.assert_allclose(total, 1, atol=2e-7)
    np.testing.assert_array_equal(mixing.column[mixing.start[:-1]], mixing.target)


def test_a_group_at_one_moves_all_its_members_together():
    z, _ = mixed(["a", "b"], [("g", 1.0, [0, 1])], blocks=1)
    np.testing.assert_array_equal(z[0], z[1])


def test_a_pair_at_minus_one_mirrors_its_members():
    z, _ = mixed(["a", "b"], [], [(0, 1, -1.0)], blocks=1)
    np.testing.assert_array_equal(z[0], -z[1])


def test_correlation_changes_only_those_it_names():
    plain, _ = mixed(list("abcd"), blocks=1)
    grouped, _ = mixed(list("abcd"), [("g", 0.5, [1, 2])], blocks=1)
    np.testing.assert_array_equal(plain[[0, 3]], grouped[[0, 3]])
    assert not np.array_equal(plain[1], grouped[1])


def test_the_order_of_variables_groups_and_pairs_changes_no_bit():
    names = list("abcdefg")
    groups, pairs = [("group/g", 0.6, [0, 1]), ("group/h", 0.2, [0, 1, 2])], [(3, 4, 0.9), (4, 5, -0.7), (3, 5, -0.5)]
    there, _ = mixed(names, groups, pairs, blocks=1)
    turned = {i: 6 - i for i in range(7)}
    back, _ = mixed(
        names[::-1],
        [(name, rho, [turned[m] for m in members][::-1]) for name, rho, members in groups[::-1]],
        [(turned[b], turned[a], rho) for a, b, rho in pairs[::-1]],
        blocks=1,
    )
    np.testing.assert_array_equal(there, back[::-1])


def test_a_group_of_one_draws_what_it_draws_when_others_join():
    """Leaving one of two members changes nothing for the other: what-ifs stay paired (R5)."""
    alone, _ = mixed(["a", "b"], [("g", 0.5, [1])], [], blocks=1)
    together, _ = mixed(["a", "b"], [("g", 0.5, [0, 1])], [], blocks=1)
    np.testing.assert_array_equal(alone[1], together[1])


def test_an_impossible_matrix_is_replaced_by_the_nearest_and_the_largest_change_reported():
    pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)]
    z, mixing = mixed(["a", "b", "c"], [], pairs)
    (repair,) = mixing.repairs
    assert {repair.first, repair.second} <= {"a", "b", "c"}
    assert repair.change > 0.2
    assert repair.cluster == 3
    place = {"a": 0, "b": 1, "c": 2}
    achieved = np.corrcoef(z.astype(float))[place[repair.first], place[repair.second]]
    assert close(achieved, normal_score(repair.used), z.shape[1])


def test_the_nearest_correlation_matrix_is_the_published_one():
    """Higham (2002), section 4: the nearest correlation matrix to tridiag(1, 1, 1) of order 3."""
    given = np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]])
    expected = np.array([[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]])
    np.testing.assert_allclose(nearest_correlation(given), expected, atol=5e-5)


def test_the_nearest_matrix_of_a_larger_cluster_has_a_factor():
    n = 40
    given = np.sign(np.sin(np.arange(n * n).reshape(n, n) * 1.7)) * 0.8
    given = np.triu(given, 1) + np.triu(given, 1).T + np.eye(n)
    nearest = nearest_correlation(given)
    assert np.linalg.eigvalsh(nearest).min() > -1e-6
    lower = factor(nearest)
    np.testing.assert_allclose(lower @ lower.T, nearest, atol=1e-5)
    assert factor(given) is None


REFUSED = [
    ([("g", 0.3, [0, 1]), ("h", 0.3, [1, 2])], [], "shares 'b' with 'g' but 'c' is not in it.*disjoint or nested"),
    (
        [("in", 0.2, [0, 1]), ("out", 0.4, [0, 1, 2])],
        [],
        r"'in': lies inside 'out' and must be at least its 0.4, got 0.2",
    ),
    ([("g", -0.1, [0, 1])], [], r"'g': a group's value lies between 0 and 1, got -0.1"),
    ([("g", 0.3, [0, 1])], [(1, 2, 0.5)], "'b' is in a group; pairs lie outside any group"),
    ([], [(0, 0, 0.5)], "a pair needs two different items"),
    ([], [(0, 1, 1.5)], r"a pair's value lies between -1 and 1, got 1.5"),
    ([], [(0, 1, 0.5), (1, 0, 0.6)], "'b' and 'a': is given twice, as 0.5 and as 0.6"),
]


@pytest.mark.parametrize("groups, pairs, reason", REFUSED, ids=[reason for _, _, reason in REFUSED])
def test_what_cannot_be_carried_out_is_refused_with_the_reason(groups, pairs, reason):
    with pytest.raises(ProgramError, match=reason):
        correlate(["a", "b", "c", "d"], groups, pairs)


def test_a_cluster_of_more_than_five_hundred_is_refused():
    names = [f"v{i:03}" for i in range(502)]
    with pytest.raises(ProgramError, match="501 variables hang together by pairs; at most 500 may"):
        correlate(names, [], [(i, i + 1, 0.1) for i in range(500)])
