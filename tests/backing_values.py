"""Answers to "who backed it" made by hand, with texts that try to be more than text."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Genre, Kind, Locator, Passage, Source, Span, Standing
from index.alignment import Link
from index.bands import Band
from index.search import Hit
from index.support import ReportSupport, State

AFRICA, ASIA = "Africa", "Asia and the Pacific"
HOSTILE = "=<script>hack()</script> $x$ [l](javascript:hack()) &lt;b&gt; \"'"
HOSTILE_TEXTS = (
    HOSTILE,
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9), a; b\tc\nd\r\ne",
    "🙂 مرحبا بالعالم \u202eevil\u202c 中华人民共和国 ½ “quoted” ]]> &amp;",
    '</td></table><img src=x onerror="hack()">',
)


def source(region: str, congress: int) -> Source:
    """Return a report of a region for a congress; its symbol tells both."""
    name = "".join(word[0] for word in region.split()).upper()
    symbol = f"A/CONF.{200 + congress}/RPM.{name}/1"
    url = f"https://undocs.org/{symbol}"
    return Source(symbol, "Report", Genre.REGIONAL_REPORT, congress, region, "", "", "en", url, "f.txt", "0" * 64)


def passage(
    number: str,
    *,
    symbol: str = "A/CONF.214/RPM.AATP/1",
    text: str = "The Meeting recommended that States cooperate.",
    standing: Standing = Standing.RECOMMENDED,
    voice: str = "the meeting",
    heading: tuple[str, ...] = ("I. Matters", "A. Crime"),
) -> Passage:
    """Return a paragraph of a report."""
    return Passage(symbol, Locator("", number), heading, text, Kind.RECOMMENDATION, standing, voice)


def hit(found: Passage, of: Source, identical: Sequence[Passage] = ()) -> Hit:
    """Return a passage as it was found; its first characters are marked."""
    whole, first = Span(0, len(found.text)), Span(0, min(3, len(found.text)))
    links = (Link(clause=first, passage=first, strength=1.0),)
    return Hit(
        found, of, 1, 0.9, named=False, band=Band.CLOSE, window=whole, alignment=links, identical=tuple(identical)
    )


def report(region: str, congress: int, state: State, *passages: Passage, hits: tuple[Hit, ...] = ()) -> ReportSupport:
    """Return what a report says; one that backs something does so with one recommendation, unless told otherwise."""
    of = source(region, congress)
    default = passage("1", symbol=of.symbol)
    claims = () if state is State.NONE else hits or tuple(hit(each, of) for each in passages or (default,))
    return ReportSupport(of, state, 0.5, claims, hit(default, of))
