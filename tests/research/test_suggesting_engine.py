"""The engine of suggestions: no database."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from portal.sports import SPORTS
from research.enums import Theme
from research.ford import FORD
from research.languages import CODES
from research.suggesting.features import code_number, pack, unpack, word_number
from research.suggesting.points import MOST, REASONS, Ground, Places, give_points, weigh_words
from research.suggesting.ranking import LEAST_POINTS, all_pairs, rank_candidates, rank_sources


def side(ids, *prints: bytes):
    return unpack(ids, prints)


def words(text: str) -> list[int]:
    return [word_number(word) for word in text.split()]


def codes(*names: str) -> list[int]:
    return [code_number(name) for name in names]


PLACES = Places(
    ids=np.array([1, 2, 3]),
    lat=np.array([53.9, 53.9, 55.79]),  # Minsk, Minsk, Kazan
    lon=np.array([27.57, 27.57, 49.12]),
    agreed=csr_array(np.array([[0, 0, 1], [0, 0, 0], [1, 0, 0]])),
    together=csr_array(np.array([[0, 2, 0], [2, 0, 0], [0, 0, 0]])),
)


def ground(source: bytes, *candidates: bytes) -> Ground:
    sources, others = weigh_words(side([10], source), side(range(20, 20 + len(candidates)), *candidates))
    return Ground(sources, others, PLACES)


def points(source: bytes, candidate: bytes) -> dict[str, int]:
    return dict(zip(REASONS, give_points(ground(source, candidate))[:, 0, 0].tolist(), strict=True))


def test_reasons_give_a_thousand_points_together():
    assert sum(MOST.values()) == 1000
    assert set(MOST) == set(REASONS)


def test_what_is_packed_comes_back():
    packed = pack({"words": [7, 7, 3], "fields": [5], "home": [42], "wished_words": [9]})
    back = side([1, 2], packed, pack({}))
    assert back.homes.tolist() == [42, -1]
    assert back.sections["words"].toarray()[0, [3, 7]].tolist() == [1, 2]
    assert back.sections["fields"].indices.tolist() == [5]
    assert back.sections["wished_words"].toarray()[1].sum() == 0


@pytest.mark.parametrize("torn", [pack({"words": [1, 2]})[:-4], b"\0\0\0\0"])
def test_a_torn_fingerprint_is_refused(torn: bytes):
    with pytest.raises(ValueError, match="torn"):
        side([1], torn)


@pytest.mark.parametrize(
    "known", [FORD, Theme.values, SPORTS, CODES], ids=["fields", "themes", "sports", "languages"]
)
def test_no_two_codes_share_a_number(known):
    assert len({code_number(code) for code in known}) == len(known)


def test_a_shared_field_counts_by_the_side_that_names_fewer():
    one = pack({"fields": codes("3.3", "5.1"), "home": [1]})
    assert points(one, pack({"fields": codes("3.3")}))["fields"] == MOST["fields"]
    assert points(one, pack({"fields": codes("3.3", "5.3")}))["fields"] == MOST["fields"] // 2
    assert points(one, pack({"fields": codes("5.3")}))["fields"] == 0


def test_a_call_is_answered_by_a_field_and_by_words():
    call = pack({"wished_fields": codes("3.3", "5.1"), "wished_words": words("lactate threshold")})
    both = pack({"fields": codes("3.3", "5.1"), "words": words("lactate threshold")})
    half = pack({"fields": codes("3.3"), "words": words("medieval chess")})
    assert points(call, both)["wishes"] == MOST["wishes"]
    assert points(call, half)["wishes"] == MOST["wishes"] // 3


def test_places_tell_of_agreements_earlier_projects_and_the_way():
    minsk = pack({"home": [1]})
    kazan, neighbour, nowhere = pack({"home": [3]}), pack({"home": [2]}), pack({})
    assert points(minsk, kazan)["agreement"] == MOST["agreement"]
    assert points(minsk, neighbour)["agreement"] == 0
    assert points(minsk, neighbour)["together"] == round(MOST["together"] * 2 / 3)
    assert points(minsk, neighbour)["distance"] == MOST["distance"]
    # 1,384 km: e^(-1384 / 1500) = 0.397.
    assert points(minsk, kazan)["distance"] == round(MOST["distance"] * 0.397)
    assert points(minsk, nowhere)["distance"] == 0


def test_one_common_language_is_enough():
    one = pack({"languages": codes("ru", "en", "be")})
    assert points(one, pack({"languages": codes("en", "de")}))["language"] == MOST["language"]
    assert points(one, pack({"languages": codes("de")}))["language"] == 0


def test_a_rare_word_in_common_tells_more_than_a_frequent_one():
    source = pack({"words": words("training lactate")})
    frequent = [pack({"words": words(f"training thing{n}")}) for n in range(8)]
    rare = pack({"words": words("lactate thing9")})
    given_points = give_points(ground(source, *frequent, rare))[REASONS.index("words"), 0]
    assert given_points[-1] > given_points[0] > 0


FITTING = {"fields": codes("3.3"), "languages": codes("en"), "words": words("rowers sleep")}


def test_who_shares_neither_field_nor_wish_is_not_compared():
    source = pack(FITTING | {"home": [1]})
    alike = pack(FITTING | {"fields": codes("5.1"), "home": [3]})
    assert rank_candidates(ground(source, alike), most=3) == []


def test_where_no_field_is_named_a_theme_will_do():
    source = pack(FITTING | {"fields": (), "themes": codes("physiology")})
    themed = pack(FITTING | {"fields": (), "themes": codes("physiology")})
    (found,) = rank_candidates(ground(source, themed), most=3)
    assert dict(found.reasons)["themes"] == MOST["themes"]


def test_the_best_come_first_and_of_equals_the_older():
    source = pack(FITTING | {"home": [1]})
    near, far = pack(FITTING | {"home": [2]}), pack(FITTING | {"home": [3]})
    found = rank_candidates(ground(source, far, near, near, pack({"fields": codes("3.3")})), most=3)
    assert [one.candidate for one in found] == [20, 21, 22]
    assert found[0].score == sum(points for _, points in found[0].reasons)
    assert [points for _, points in found[0].reasons] == sorted(
        (points for _, points in found[0].reasons), reverse=True
    )


def test_pairs_that_are_none_are_left_out_and_the_next_one_stands_in():
    source = pack(FITTING)
    at = ground(source, pack(FITTING), pack(FITTING), pack(FITTING))
    apart = csr_array(np.array([[0, 1, 0]]))
    assert [one.candidate for one in rank_candidates(at, 2, apart)] == [20, 22]


def test_a_weak_likeness_is_no_suggestion():
    source = pack({"fields": codes("3.3", "5.1", "5.3"), "home": [1]})
    weak = pack({"fields": codes("3.3", "5.2", "5.4")})
    assert points(source, weak)["fields"] < LEAST_POINTS
    assert rank_candidates(ground(source, weak), most=3) == []


numbers = st.lists(st.integers(0, 5), max_size=4)
prints = st.builds(
    lambda text, fields, themes, wished, home: pack(
        {
            "words": text,
            "fields": sorted(set(fields)),
            "themes": sorted(set(themes)),
            "languages": [1],
            "wished_fields": sorted(set(wished)),
            "home": home,
        }
    ),
    numbers,
    numbers,
    numbers,
    numbers,
    st.sampled_from([[], [1], [2], [3], [99]]),
)


@given(st.lists(prints, min_size=1, max_size=6), st.lists(prints, min_size=1, max_size=6), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_ranking_is_that_of_looking_at_every_pair(sources, candidates, most):
    left, right = weigh_words(
        side(range(1, len(sources) + 1), *sources), side(range(50, 50 + len(candidates)), *candidates)
    )
    at = Ground(left, right, PLACES)
    pairs = all_pairs(at)
    scores = give_points(at).sum(axis=0)
    for one in pairs:
        assert one.score == scores[one.source - 1, one.candidate - 50]
    by_source = {
        source: sorted(
            (one for one in pairs if one.source == source), key=lambda one: (-one.score, one.candidate)
        )
        for source in left.ids.tolist()
    }
    assert rank_candidates(at, most) == [one for some in by_source.values() for one in some[:most]]
    by_candidate = {
        candidate: sorted(
            (one for one in pairs if one.candidate == candidate), key=lambda one: (-one.score, one.source)
        )
        for candidate in right.ids.tolist()
    }
    assert rank_sources(at, most) == [one for some in by_candidate.values() for one in some[:most]]
