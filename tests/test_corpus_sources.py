"""The five documents of the corpus, entry by entry where it can go wrong, and the invariants over all of them."""

import hashlib
import re
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import identical_passages, load_corpus
from corpus.entries import Entry
from corpus.load import DEFAULT_FOLDER
from corpus.model import Corpus, Genre, Kind, Passage, Source, Standing
from corpus.structure import read_document

GUIDE = "A/CONF.213/PM.1"
SAN_JOSE = "A/CONF.213/RPM.1/1"
DOHA = "A/CONF.213/RPM.2/1"
BANGKOK = "A/CONF.234/RPM.1/1"
BEIRUT = "A/CONF.234/RPM.2/1"
SYMBOLS = (GUIDE, SAN_JOSE, DOHA, BANGKOK, BEIRUT)

# Lines that belong to no passage: cover, contents, headings, footnotes, page furniture, lists of documents and
# participants. Every other line that is not blank belongs to exactly one.
UNCOVERED = {
    DOHA: (
        "1 50 112-115 162-172 187-191 222-233 255-257 286-288 302 352-353 394-397 408-409 448-449 493-494 528-529 "
        "549-555 562-566 621-622 646 664-665 689-690 720 735-739 749 775 840 854 916 934"
    ),
    BEIRUT: "5-31 45 55-57 67 83-87 109 143-145 163 181-183 203 225-227 255 281-283 287 301 313 321 339 349 353-361",
    GUIDE: (
        "5-42 92-98 108-116 124 130-140 148 160-162 166 198-200 206 214 220-226 256-262 276 288-290 300 304-306 "
        "337-339 345-347 353 359 385-387 391-393 399 409-411 415 459-461 471 479-481 493-495 501 543-545 555 561 "
        "589-591 599-601 621 627 633-635 649-653 669 677 683 719-721 725-733 741 749-757 767 803-809 837 847 "
        "877-879 887 901 927-929 945-947 963 977 981-983 997 1033"
    ),
    BANGKOK: (
        "5-32 41 51-53 61 79 95 111 129 149-151 173 193 203-205 239 263 277-279 283 295 303 311 334 338 348 352-361"
    ),
    SAN_JOSE: (
        "3-41 48-50 93-95 111-113 117 127 143 155 169 179 189 195 209 227 233-235 245 261 271 277 281 289 297 "
        "307-309 313 324 347 355 382 390 395-397 417-516"
    ),
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def file_text(source: Source) -> str:
    return (DEFAULT_FOLDER / source.file).read_bytes().decode("utf-8")


def found(corpus: Corpus, symbol: str, fragment: str) -> Passage:
    return next(passage for passage in corpus.passages if passage.id == f"{symbol}#{fragment}")


def source_of(corpus: Corpus, symbol: str) -> Source:
    source = corpus.source(symbol)
    assert source is not None
    return source


def test_the_sources_are_the_five_documents_in_order(corpus: Corpus) -> None:
    assert [
        (source.symbol, source.genre, source.congress, source.region, source.place, source.dates)
        for source in corpus.sources
    ] == [
        (GUIDE, Genre.DISCUSSION_GUIDE, 12, "", "Salvador, Brazil", "12-19 April 2010"),
        (SAN_JOSE, Genre.REGIONAL_REPORT, 12, "Latin America and the Caribbean", "San José", "25 to 27 May 2009"),
        (DOHA, Genre.REGIONAL_REPORT, 12, "Western Asia", "Doha", "1 to 3 June 2009"),
        (BANGKOK, Genre.REGIONAL_REPORT, 14, "Asia and the Pacific", "Bangkok", "22 to 24 January 2019"),
        (BEIRUT, Genre.REGIONAL_REPORT, 14, "Western Asia", "Beirut", "26 to 28 March 2019"),
    ]


def test_only_the_printed_symbol_is_inferred(corpus: Corpus) -> None:
    said = {
        source.symbol: evidence.inferred
        for source in corpus.sources
        for evidence in source.evidence
        if evidence.field == "symbol"
    }
    assert said == {GUIDE: False, SAN_JOSE: False, DOHA: True, BANGKOK: False, BEIRUT: False}


def test_evidence_quotes_words_of_the_document_at_its_line(corpus: Corpus) -> None:
    for source in corpus.sources:
        lines = file_text(source).split("\n")
        for evidence in source.evidence:
            if evidence.inferred:
                first = re.sub(r"\]\(#\)|[*\[]|</?\w+>", "", lines[evidence.line - 1])
                assert " ".join(evidence.quote.split()[:4]) in " ".join(first.split())


def test_the_files_are_the_bytes_that_were_read(corpus: Corpus) -> None:
    for source in corpus.sources:
        assert hashlib.sha256((DEFAULT_FOLDER / source.file).read_bytes()).hexdigest() == source.sha256


@pytest.mark.parametrize(
    ("symbol", "count", "paragraphs"),
    [(GUIDE, 383, 127), (SAN_JOSE, 174, 102), (DOHA, 119, 95), (BANGKOK, 138, 81), (BEIRUT, 132, 75)],
)
def test_no_paragraph_is_missing_or_invented(corpus: Corpus, symbol: str, count: int, paragraphs: int) -> None:
    passages = corpus.passages_of(symbol)
    assert len(passages) == count
    body = [passage.locator for passage in passages if not passage.locator.container]
    assert [locator.paragraph for locator in body if not locator.subparagraph] == [
        str(number) for number in range(1, paragraphs + 1)
    ]


@pytest.mark.parametrize(
    ("symbol", "index", "fragment", "ends"),
    [
        (GUIDE, 0, "1", ("In its resolution 63/193 of 18 December 2008,", "development in a changing world”.")),
        (GUIDE, 9, "agenda-2/8", ("Recent developments in the use of science", "including the case of cybercrime.")),
        (GUIDE, -1, "127", ("The task of the regional preparatory meetings", "at its nineteenth session, in 2010.")),
        (SAN_JOSE, 0, "1", ("In its resolution 56/119, on the role,", "crime prevention and criminal justice.")),
        (SAN_JOSE, 9, "declaration/pp2(2)", ("Provision of technical assistance", "suppression of terrorism;")),
        (SAN_JOSE, -1, "annex-I/13(c)", ("Integration of the rules", "to form a unified whole.")),
        (DOHA, 0, "1", ("In its resolution 56/119, on the role,", "crime prevention and criminal justice.")),
        (DOHA, 9, "10", ("The representative of Thailand, the host country", "implementing agency for the project.")),
        (DOHA, -1, "95", ("At its 6th meeting, on 3 June 2009,", "(A/CONF.213/RPM.2/L.2), as orally amended.")),
        (BANGKOK, 0, "1", ("In its resolution 56/119, on the role,", "crime prevention and criminal justice.")),
        (BANGKOK, 9, "10", ("The mutually reinforcing relationship", "and 17, was emphasized.")),
        (BANGKOK, -1, "81", ("At its 6th meeting, on 24 January 2019,", "and Add.1-2), as orally amended.")),
        (BEIRUT, 0, "1", ("In its resolution 56/119, on the role,", "crime prevention and criminal justice.")),
        (BEIRUT, 9, "10", ("The Meeting emphasized the mutually reinforcing", "dimension of the Agenda.")),
        (BEIRUT, -1, "75", ("At its 6th meeting, on 28 March 2019,", "A/CONF.234/RPM.2/L.2/Add.4).")),
    ],
)
def test_first_tenth_and_last_passage_are_whole(
    corpus: Corpus, symbol: str, index: int, fragment: str, ends: tuple[str, str]
) -> None:
    passage = corpus.passages_of(symbol)[index]
    assert passage.locator.fragment() == fragment
    assert passage.text.startswith(ends[0])
    assert passage.text.endswith(ends[1])


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_line_is_in_a_passage_or_known_to_be_in_none(corpus: Corpus, symbol: str) -> None:
    text = file_text(source_of(corpus, symbol))
    covered: Counter[int] = Counter()
    for passage in corpus.passages_of(symbol):
        covered.update(set(lines_of(passage, text)))
    written = {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
    assert written - set(covered) == set(numbers(UNCOVERED[symbol])) & written
    assert set(covered.values()) == {1}


def lines_of(passage: Passage, text: str) -> Iterator[int]:
    for span in passage.spans:
        yield from (
            number
            for number, line in enumerate(
                text[span.start : span.end].split("\n"), start=text.count("\n", 0, span.start) + 1
            )
            if line.strip()
        )


def numbers(ranges: str) -> Iterator[int]:
    for words in ranges.split():
        first, _, last = words.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_every_passage_is_in_its_file_word_for_word_at_its_spans(corpus: Corpus) -> None:
    for source in corpus.sources:
        text = file_text(source)
        for passage in corpus.passages_of(source.symbol):
            stretches = [text[span.start : span.end] for span in passage.spans]
            printed = "".join("".join(stretches).split())
            said = "".join(passage.text.split())
            left = iter(printed)
            assert all(character in left for character in said), passage.id
            dropped = Counter(printed) - Counter(said)
            marks = "".join(note.mark for note in passage.footnotes)
            markup = Counter(
                "".join(re.findall(r"</?\w+>|\]\(#\)|\[|\*|^- |[⁰¹²³⁴-⁹]|, (?=\d\d</sup>)", " ".join(stretches)))
            )
            assert not dropped - markup - Counter(marks), passage.id
            spans = [(span.start, span.end) for span in passage.spans]
            assert spans == sorted(spans)


def test_no_character_of_a_file_is_in_two_passages(corpus: Corpus) -> None:
    for source in corpus.sources:
        spans = sorted(
            (span.start, span.end) for passage in corpus.passages_of(source.symbol) for span in passage.spans
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_no_markup_is_left_in_any_text(corpus: Corpus) -> None:
    for passage in corpus.passages:
        for words in (passage.text, passage.chapeau, *passage.heading, *(note.text for note in passage.footnotes)):
            assert not re.search(r"\*|</|\]\(|\\|[⁰¹²³⁴-⁹]|\s\s|^\W*$", words or "none"), passage.id


def test_ids_are_unique(corpus: Corpus) -> None:
    assert max(Counter(passage.id for passage in corpus.passages).values()) == 1


def test_a_source_added_or_removed_changes_no_other_id(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    description = (DEFAULT_FOLDER.parent / "sources.toml").read_text(encoding="utf-8")
    head, *tables = re.split(r"(?m)^(?=\[\[source\]\])", description)
    for left_out, table in enumerate(tables):
        for path in DEFAULT_FOLDER.iterdir():
            shutil.copy(path, folder)
        file = re.search(r'file = "(.+?)"', table)
        assert file is not None
        (folder / file[1]).unlink()
        kept = [other for index, other in enumerate(tables) if index != left_out]
        (folder / "sources.toml").write_text(head + "".join(kept), encoding="utf-8")
        smaller = load_corpus(folder)
        gone = {source.symbol for source in corpus.sources} - {source.symbol for source in smaller.sources}
        assert len(gone) == 1
        assert smaller.passages == tuple(passage for passage in corpus.passages if passage.symbol not in gone)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{BEIRUT}#1", f"{BANGKOK}#1"),
        (f"{BEIRUT}#9", f"{BANGKOK}#9"),
        (f"{BEIRUT}#71", f"{BANGKOK}#75"),
        (f"{DOHA}#85(b)", f"{SAN_JOSE}#91(b)"),
        (f"{DOHA}#1", f"{SAN_JOSE}#1"),
    ],
)
def test_paragraphs_that_two_reports_share_are_both_kept(corpus: Corpus, one: str, other: str) -> None:
    same = identical_passages(corpus)
    assert other in same[one]
    assert one in same[other]


@pytest.mark.parametrize(
    ("symbol", "fragment", "heading"),
    [
        (
            GUIDE,
            "10",
            ["II. Substantive items of", "Substantive item 1. Children", "A. Background", "1. Why is the link"],
        ),
        (GUIDE, "28", ["II. Substantive items of", "Substantive item 2. Provision", "B. Main issues"]),
        (GUIDE, "113", ["III. Workshops to be", "Workshop 5. Strategies", "A. Scope"]),
        (GUIDE, "127", ["IV. Concluding remarks"]),
        (DOHA, "42", ["II. Conclusions", "A. Substantive items", "5. International cooperation"]),
        (DOHA, "43", ["II. Conclusions", "A. Substantive items", "6. Recent developments"]),
        (DOHA, "71", ["II. Conclusions", "B. Workshops", "Workshop 5. Strategies"]),
        (DOHA, "74", ["II. Conclusions", "C. Other issues"]),
        (
            BANGKOK,
            "14",
            ["II. Conclusions", "B. Substantive items and workshops", "1. Compre", "Summary of deliberations"],
        ),
        (
            BANGKOK,
            "34(f)",
            ["II. Conclusions", "B. Substantive items and workshops", "2. Integr", "Outcome of deliberations"],
        ),
        (BANGKOK, "76", ["III. Attendance", "E. Adoption of the agenda", "Proceedings"]),
        (SAN_JOSE, "declaration/3", ["II. Conclusions", "A. Declaration"]),
        (SAN_JOSE, "56", ["II. Conclusions", "C. Workshops", "Workshop 2. Survey"]),
        (SAN_JOSE, "annex-I/13(a)", ["Annex I", "Elements proposed by Brazil"]),
        (BEIRUT, "14(a)", ["II. Conclusions", "A. Main theme", "Outcome of deliberations"]),
    ],
)
def test_headings_lead_from_the_chapter_down(corpus: Corpus, symbol: str, fragment: str, heading: list[str]) -> None:
    path = found(corpus, symbol, fragment).heading
    assert len(path) == len(heading)
    for title, start in zip(path, heading, strict=True):
        assert title.startswith(start)


@pytest.mark.parametrize(
    ("symbol", "fragment", "words"),
    [
        (DOHA, "3", "requested the Secretary-General to facilitate"),
        (DOHA, "10", "Women Prisoners and Non-custodial Measures"),
        (DOHA, "11", "the Standard Minimum Rules for the Treatment of Prisoners, which had been"),
        (DOHA, "15", "Convention against Corruption could be useful for developing similarly efficient"),
        (
            DOHA,
            "88",
            "Chairman: Khalifa al-Abdullah (Qatar) Vice-Chairman: Kheder Aeid al-Zahrani (Saudi Arabia) Rapporteur:",
        ),
        (BANGKOK, "73", "Chair: Wisit Wisitsora-at (Thailand) Vice-Chair: Kieran Butler (Australia)"),
        (BEIRUT, "40", "youth engagement in crime prevention and reintegration; (b) youth education"),
        (SAN_JOSE, "71", "Psychotropic Substances of 1988 and the Organized Crime Convention"),
        (SAN_JOSE, "37", "recommended that standards and safeguards be developed for the use of modern technologies"),
        (GUIDE, "18", "the Manual for the Measurement of Juvenile Justice Indicators. The Manual identifies"),
        (GUIDE, "24", "a set of – currently 16 – sectoral conventions and protocols on the prevention and suppression"),
        (GUIDE, "36", "“The rule of law, a prerequisite to sound governance, can affect the way policies"),
        (GUIDE, "88", "treatment of foreign prisoners (1985). These standards set out"),
    ],
)
def test_traps_leave_no_trace_in_the_words(corpus: Corpus, symbol: str, fragment: str, words: str) -> None:
    assert words in found(corpus, symbol, fragment).text


@pytest.mark.parametrize(
    ("symbol", "paragraph", "labels"),
    [
        (GUIDE, "29", "a b c c(i) c(ii) c(iii) c(iv) c(v) c(vi) d e f"),
        (
            GUIDE,
            "60",
            "a b c d e e(i) e(ii) e(iii) e(iv) e(v) e(vi) e(vii) e(viii) e(ix) e(x) f f(i) f(ii) f(iii) f(iv) "
            "g g(i) g(ii) g(iii) h i",
        ),
        (GUIDE, "22", "a b c d e f g h i j k l m"),
        (GUIDE, "41", "a b c d e f g h i j k l m n o p q r"),
        (BANGKOK, "44", "a b c d e f g h i j k l"),
        (BANGKOK, "28", ""),
        (DOHA, "31", ""),
        (GUIDE, "5", ""),
    ],
)
def test_lists_are_complete_and_inline_lists_stay_whole(
    corpus: Corpus, symbol: str, paragraph: str, labels: str
) -> None:
    said = [
        passage.locator.subparagraph[0] + "".join(f"({label})" for label in passage.locator.subparagraph[1:])
        for passage in corpus.passages_of(symbol)
        if (passage.locator.container, passage.locator.paragraph) == ("", paragraph) and passage.locator.subparagraph
    ]
    assert said == labels.split()


@pytest.mark.parametrize(
    ("symbol", "fragments"),
    [
        (GUIDE, {"10": "1 2", "24": "10", "29(c)(vi)": "12", "88": "25 26 27 28 29 30 31 32 33", "112(k)": "37"}),
        (SAN_JOSE, {"declaration/pp9": "1", "declaration/2": "4", "35": "5", "71": "8", "37": ""}),
        (DOHA, {"11": "1", "15": "2 3", "17": "4 5", "25": "6", "32": "7 8", "48": "9", "54": ""}),
        (BANGKOK, {"44(h)": "1"}),
    ],
)
def test_notes_hang_from_the_passage_that_refers_to_them(
    corpus: Corpus, symbol: str, fragments: dict[str, str]
) -> None:
    for fragment, marks in fragments.items():
        notes = found(corpus, symbol, fragment).footnotes
        assert " ".join(note.mark for note in notes) == marks
        assert all(note.text for note in notes)


@pytest.mark.parametrize(("symbol", "count"), [(GUIDE, 37), (SAN_JOSE, 8), (DOHA, 9), (BANGKOK, 1), (BEIRUT, 0)])
def test_no_note_is_lost(corpus: Corpus, symbol: str, count: int) -> None:
    marks = [note.mark for passage in corpus.passages_of(symbol) for note in passage.footnotes]
    assert sorted(marks, key=int) == [str(number) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("symbol", "standings"),
    [
        (GUIDE, {Standing.GUIDE: 383}),
        (SAN_JOSE, {Standing.DISCUSSION: 88, Standing.RECOMMENDED: 38, Standing.ADOPTED: 32, Standing.PROPOSAL: 16}),
        (DOHA, {Standing.DISCUSSION: 89, Standing.RECOMMENDED: 30}),
        (BANGKOK, {Standing.DISCUSSION: 86, Standing.NOT_NEGOTIATED: 52}),
        (BEIRUT, {Standing.DISCUSSION: 81, Standing.NOT_NEGOTIATED: 51}),
    ],
)
def test_no_standing_is_overstated(corpus: Corpus, symbol: str, standings: dict[Standing, int]) -> None:
    assert Counter(passage.standing for passage in corpus.passages_of(symbol)) == standings


@pytest.mark.parametrize(
    ("symbol", "fragment", "judgement"),
    [
        (BEIRUT, "24(c)", (Kind.RECOMMENDATION, Standing.NOT_NEGOTIATED, "unattributed")),
        (BEIRUT, "47", (Kind.OBSERVATION, Standing.DISCUSSION, "several participants")),
        (BEIRUT, "8", (Kind.PROCEDURAL, Standing.DISCUSSION, "unattributed")),
        (BANGKOK, "62(b)", (Kind.RECOMMENDATION, Standing.NOT_NEGOTIATED, "unattributed")),
        (BANGKOK, "63", (Kind.RECOMMENDATION, Standing.DISCUSSION, "unattributed")),
        (BANGKOK, "20", (Kind.OBSERVATION, Standing.DISCUSSION, "some participants")),
        (SAN_JOSE, "20", (Kind.OBSERVATION, Standing.DISCUSSION, "one speaker")),
        (SAN_JOSE, "73", (Kind.RECOMMENDATION, Standing.RECOMMENDED, "unattributed")),
        (SAN_JOSE, "declaration/1", (Kind.RECOMMENDATION, Standing.ADOPTED, "the meeting")),
        (SAN_JOSE, "annex-I/4", (Kind.RECOMMENDATION, Standing.PROPOSAL, "Brazil")),
        (DOHA, "67", (Kind.OBSERVATION, Standing.DISCUSSION, "the meeting")),
        (DOHA, "46", (Kind.RECOMMENDATION, Standing.RECOMMENDED, "the meeting")),
        (DOHA, "87", (Kind.PROCEDURAL, Standing.DISCUSSION, "the meeting")),
        (GUIDE, "22(a)", (Kind.QUESTION, Standing.GUIDE, "the discussion guide")),
        (GUIDE, "40", (Kind.OBSERVATION, Standing.GUIDE, "the discussion guide")),
        (GUIDE, "21(a)", (Kind.FOCUS, Standing.GUIDE, "the discussion guide")),
    ],
)
def test_kind_standing_and_voice_are_what_the_source_bears_out(
    corpus: Corpus, symbol: str, fragment: str, judgement: tuple[Kind, Standing, str]
) -> None:
    passage = found(corpus, symbol, fragment)
    assert (passage.kind, passage.standing, passage.voice) == judgement


@pytest.mark.parametrize(
    ("symbol", "fragment", "cite", "within"),
    [
        (BEIRUT, "24(c)", "para. 24 (c)", ""),
        (GUIDE, "60(e)(iv)", "para. 60 (e) (iv)", ""),
        (SAN_JOSE, "declaration/3", "para. 5, third operative paragraph of the declaration", "5"),
        (SAN_JOSE, "annex-I/13(a)", "annex I, para. 13 (a)", ""),
        (DOHA, "agenda-89/4(b)", "para. 89, agenda item 4 (b)", "89"),
    ],
)
def test_citations_are_in_united_nations_form(
    corpus: Corpus, symbol: str, fragment: str, cite: str, within: str
) -> None:
    passage = found(corpus, symbol, fragment)
    assert passage.cite() == f"{symbol}, {cite}"
    assert passage.locator.within == within


def test_an_item_carries_the_words_that_it_hangs_from(corpus: Corpus) -> None:
    texts = {passage.text for passage in corpus.passages}
    for passage in corpus.passages:
        assert not passage.chapeau or passage.chapeau in texts
        assert bool(passage.chapeau) or not passage.locator.subparagraph


@pytest.mark.parametrize("symbol", [GUIDE, SAN_JOSE, BANGKOK, BEIRUT])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_document_of_one_line_a_block_reads_the_same_when_wrapped(corpus: Corpus, symbol: str, width: int) -> None:
    text = file_text(source_of(corpus, symbol))
    assert what_is_said(wrapped(text, width)) == what_is_said(text)


def wrapped(text: str, width: int) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if "\t" in line or len(line) <= width:
            lines.append(line)
            continue
        first, *rest = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        indent = line[: len(line) - len(line.lstrip())]
        lines += [f"{indent}{first.lstrip()} ", *(f"{part} " for part in rest)]
    return "\n".join(lines)


def what_is_said(text: str) -> list[tuple[object, ...]]:
    def said(entry: Entry) -> tuple[object, ...]:
        return entry.locator, entry.heading, entry.text, entry.chapeau, entry.leads, entry.footnotes

    return [said(entry) for entry in read_document(text).entries]
