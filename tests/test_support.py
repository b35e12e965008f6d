"""Who backed a clause: the logic with counted words, and what the real model claims and doesn't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_encoder import VOCABULARY, FakeEncoder
from small_corpus import corpus_of, with_genre, with_kind

from benchmarks.contrast import contrast
from benchmarks.extra import extra
from corpus.errors import EncoderError, QueryError
from corpus.meetings import Meeting
from corpus.model import Corpus, Genre, Kind
from index.bands import Logistic
from index.build import build
from index.claims import BACKED, FIGURES, HEARD, PARTLY, chances
from index.learned import Parameters
from index.opened import open_index
from index.precedent import Precedent
from index.query_encoder import query_encoder
from index.search import Searcher
from index.support import State, Support, support

CORPUS = corpus_of(
    {
        "A/1": ["Women in prisons need water.", "Cybercrime helps corruption.", "Water."],
        "B/1": ["Corruption and cybercrime.", "Women in prisons need water."],
        "C/1": ["Other matters were discussed."],
    }
)
CLAUSE = "women in prisons need water"
NEUTRAL = Precedent(FakeEncoder().card.digest, 0.0, np.zeros(2 * len(VOCABULARY), np.float32))
NOTHING = Parameters(NEUTRAL.model, *(np.zeros((len(VOCABULARY), *rank), np.float32) for rank in ((), (2,), (2,))))


def searcher_of(folder: Path, corpus: Corpus, encoder: FakeEncoder | None = None) -> Searcher:
    """Return a searcher of a corpus indexed with counted words."""
    encoder = encoder or FakeEncoder()
    build(corpus, encoder, folder)
    return Searcher(open_index(folder, corpus), encoder)


def of(found: Support, symbol: str) -> State:
    return next(report.state for report in found.reports if report.source.symbol == symbol)


def test_every_regional_report_is_answered_for_in_its_order(tmp_path: Path) -> None:
    found = support(searcher_of(tmp_path, CORPUS), CLAUSE, NEUTRAL, NOTHING)
    assert [report.source.symbol for report in found.reports] == ["A/1", "B/1", "C/1"]
    assert found.clause == CLAUSE


def test_the_same_words_in_two_reports_count_in_both(tmp_path: Path) -> None:
    found = support(searcher_of(tmp_path, CORPUS), CLAUSE, NEUTRAL, NOTHING)
    assert [report.evidence[0].passage.id for report in found.reports if report.evidence] == ["A/1#1", "B/1#2"]
    assert (of(found, "A/1"), of(found, "B/1"), of(found, "C/1")) == (State.BACKS, State.BACKS, State.NONE)


def test_a_report_that_says_nothing_is_given_no_evidence_but_a_nearest_passage(tmp_path: Path) -> None:
    silent = support(searcher_of(tmp_path, CORPUS), CLAUSE, NEUTRAL, NOTHING).reports[2]
    assert (silent.state, silent.evidence) == (State.NONE, ())
    assert silent.nearest is not None
    assert silent.nearest.passage.id == "C/1#1"


def test_what_is_claimed_agrees_with_the_chance_and_carries_evidence(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS)
    for clause in (CLAUSE, "corruption", "cybercrime and water", "women", "unheard of"):
        for report in support(searcher, clause, NEUTRAL, NOTHING).reports:
            assert 0 <= report.chance <= 1
            expected = (
                State.BACKS if report.chance >= BACKED else State.PARTLY if report.chance >= PARTLY else State.NONE
            )
            assert report.state is expected
            assert bool(report.evidence) is (report.state is not State.NONE)
            assert all(hit.passage.symbol == report.source.symbol for hit in report.evidence)


def test_a_clause_that_sounds_like_none_that_was_backed_is_claimed_less(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS)
    doubtful = Precedent(NEUTRAL.model, -6.0, NEUTRAL.weights)
    asked, sceptic = (support(searcher, CLAUSE, precedent, NOTHING).reports for precedent in (NEUTRAL, doubtful))
    for neutral, doubted in zip(asked, sceptic, strict=True):
        assert doubted.chance < neutral.chance


def test_a_guide_and_procedure_back_nothing(tmp_path: Path) -> None:
    corpus = with_kind(with_genre(CORPUS, "A/1", Genre.DISCUSSION_GUIDE), "B/1#2", Kind.PROCEDURAL)
    found = support(searcher_of(tmp_path, corpus), CLAUSE, NEUTRAL, NOTHING)
    assert [report.source.symbol for report in found.reports] == ["B/1", "C/1"]
    assert all(report.state is State.NONE for report in found.reports)


def test_a_report_with_nothing_in_scope_has_no_nearest_passage(tmp_path: Path) -> None:
    found = support(searcher_of(tmp_path, with_kind(CORPUS, "C/1#1", Kind.PROCEDURAL)), CLAUSE, NEUTRAL, NOTHING)
    assert (found.reports[2].state, found.reports[2].chance, found.reports[2].nearest) == (State.NONE, 0.0, None)


def test_a_report_far_below_the_candidates_still_has_its_nearest_passage(tmp_path: Path) -> None:
    crowd = corpus_of({"A/1": [f"Water, {'water, ' * n}water." for n in range(110)], "B/1": ["Nothing of that."]})
    found = support(searcher_of(tmp_path, crowd), "water", NEUTRAL, NOTHING)
    assert found.reports[1].nearest is not None
    assert found.reports[1].state is State.NONE


def test_meetings_without_a_report_are_named_and_are_no_report_that_says_nothing(tmp_path: Path) -> None:
    found = support(searcher_of(tmp_path, CORPUS), CLAUSE, NEUTRAL, NOTHING)
    assert found.without_report == (Meeting(14, "Asia and the Pacific"), Meeting(14, "Europe"))
    answered = {(report.source.congress, report.source.region) for report in found.reports}
    assert not answered & {(meeting.congress, meeting.region) for meeting in found.without_report}


def test_an_empty_clause_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        support(searcher_of(tmp_path, CORPUS), "  ", NEUTRAL, NOTHING)


def test_without_a_model_nothing_is_claimed(tmp_path: Path) -> None:
    build(CORPUS, FakeEncoder(), tmp_path)
    with pytest.raises(EncoderError, match="no model"):
        support(Searcher(open_index(tmp_path, CORPUS), None), CLAUSE, NEUTRAL, NOTHING)


def test_with_another_model_than_was_fitted_nothing_is_claimed(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="fitted with another model than fake"):
        support(searcher_of(tmp_path, CORPUS), CLAUSE)


def test_with_a_model_without_token_vectors_nothing_is_claimed(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS, FakeEncoder(with_tokens=False))
    with pytest.raises(EncoderError):
        support(searcher, CLAUSE, NEUTRAL, NOTHING)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [(3.0, 0.5), (0.0, 0.5), (-1.0, 1 / (1 + np.e)), (-2.0, 1 / (1 + np.e**2))],
)
def test_a_clause_that_rather_no_report_backs_bears_a_burden_of_proof(heard: float, expected: float) -> None:
    figures = np.zeros((2, FIGURES))
    figures[:, HEARD.start] = heard
    neutral = Logistic(0.0, (0.0,) * FIGURES)
    np.testing.assert_allclose(chances(figures, neutral), [expected] * 2)
    assert chances(figures[:0], neutral).shape == (0,)


LATIN_AMERICA, WESTERN_ASIA_12 = "A/CONF.213/RPM.1/1", "A/CONF.213/RPM.2/1"
ASIA, WESTERN_ASIA_14 = "A/CONF.234/RPM.1/1", "A/CONF.234/RPM.2/1"


@pytest.fixture(scope="module")
def real(built_index: Path, corpus: Corpus) -> Searcher:
    return Searcher(open_index(built_index, corpus), query_encoder(built_index, ""))


@pytest.mark.model
@pytest.mark.parametrize(
    ("clause", "backed_by", "claimed", "silent"),
    [
        (
            "Member States should promote alternatives to imprisonment to reduce prison overcrowding.",
            {LATIN_AMERICA},
            {WESTERN_ASIA_14},  # it calls the Tokyo Rules a useful tool against overcrowding
            {ASIA},
        ),
        (
            "We welcome the draft United Nations rules for the treatment of women prisoners.",
            {LATIN_AMERICA, WESTERN_ASIA_12},
            set(),
            {WESTERN_ASIA_14},
        ),
        (
            "States disagree on which groups are terrorist; common standards are needed.",
            {LATIN_AMERICA},
            set(),
            {WESTERN_ASIA_14},
        ),
        ("Youth Forum before the Congress", {ASIA, WESTERN_ASIA_14}, set(), {LATIN_AMERICA, WESTERN_ASIA_12}),
    ],
)
def test_what_a_report_asked_for_is_claimed_of_it(
    real: Searcher, clause: str, backed_by: set[str], claimed: set[str], silent: set[str]
) -> None:
    found = support(real, clause)
    assert backed_by <= {report.source.symbol for report in found.reports if report.state is State.BACKS}
    assert claimed <= {report.source.symbol for report in found.reports if report.state is not State.NONE}
    assert silent <= {report.source.symbol for report in found.reports if report.state is State.NONE}


@pytest.mark.model
@pytest.mark.parametrize(
    "clause",
    [
        "We decide that every State shall pay five per cent of its budget to a world prison authority.",
        "We call for a world tax on overcrowded prisons, to be collected by an international inspectorate.",
        "States shall build a base on the moon and grow potatoes there.",
        "The recipe needs two eggs, flour and a pinch of salt.",
        "We decide to establish a binding treaty that abolishes imprisonment.",
        "Juvenile offenders shall be sentenced to death.",
        "Victims of trafficking in persons shall be deported immediately.",
        "Member States shall pay a tax on every extradition request.",
        "All States shall abolish their central authorities for mutual legal assistance.",
        "Cybercrime should be decriminalized.",
        "The media shall be forbidden to report on crime.",
    ],
)
def test_what_goes_beyond_every_report_or_is_no_subject_of_theirs_is_claimed_of_none(
    real: Searcher, clause: str
) -> None:
    assert {report.state for report in support(real, clause).reports} == {State.NONE}


# Each goes beyond every report or says the contrary. No model learned from them (benchmarks/contrast.tsv has others).
OVERSTATED = tuple((Path(__file__).parent / "data" / "overstated.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.model
def test_most_clauses_in_the_words_of_reports_that_go_too_far_are_not_claimed_and_hardly_any_as_backed_in_full(
    real: Searcher,
) -> None:
    states = [{report.state for report in support(real, clause).reports} for clause in OVERSTATED]
    assert len(states) == 60
    assert sum(claimed != {State.NONE} for claimed in states) <= 23
    assert sum(State.BACKS in claimed for claimed in states) <= 6


def test_no_clause_that_is_measured_on_was_learned_from() -> None:
    learned = {clause.text.casefold().rstrip(".") for clause in (*contrast(), *extra())}
    assert not learned & {clause.casefold().rstrip(".") for clause in OVERSTATED}


@pytest.mark.model
def test_a_paragraph_of_a_report_is_backed_by_that_report_with_itself_first(real: Searcher, corpus: Corpus) -> None:
    reports = {source.symbol for source in corpus.sources if source.genre is Genre.REGIONAL_REPORT}
    # What a preamble names, such as the meeting itself, another paragraph can name in as many words.
    spoken = [p for p in corpus.passages if p.symbol in reports and p.kind not in {Kind.PROCEDURAL, Kind.PREAMBULAR}]
    for passage in spoken[::25]:
        own = next(r for r in support(real, passage.text).reports if r.source.symbol == passage.symbol)
        assert own.state is State.BACKS, passage.id
        assert own.evidence[0].passage.text == passage.text
