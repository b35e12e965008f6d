"""Words that a model puts close together and a drafter keeps apart: opposites, counterparts, crimes of their own.

Words that stand in the same places have like vectors, whether they mean the same or not: "men" is near "women" and
"offenders" near "victims". A link between such words would say that a passage backs what it does not. A table of the
pairs that the documents and the judged queries show, and a rule for negating prefixes; nothing here knows a vector.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from index.words import stems

# Each word left of the bar is opposed to each one right of it.
_TABLE = """
men man male boys boy | women woman female girls girl gender
adults adult elderly | children child minors minor juveniles juvenile youth youths young
adults adult elderly | adolescents teenagers boys girls
parents parent parental families family | children child minors minor juveniles juvenile youth adolescents boys girls
prisons prison jails jail | offenders offender perpetrators perpetrator criminals
offenders offender perpetrators perpetrator criminals accused | victims victim survivors survivor witnesses witness
smuggling smuggled smugglers smuggler | trafficking trafficked traffickers trafficker laundering
laundering laundered | trafficking trafficked
smuggling smuggled smugglers smuggler traffickers | migrants migrant
resolve resolves resolved | resolution resolutions
public state | private
national domestic | international global transnational foreign worldwide abroad regional
regional | international global
bilateral | multilateral unilateral
urban cities city | rural villages village countryside
rich wealth wealthy | poor poverty
income | poverty poor
demand | supply
primary | secondary tertiary
north northern | south southern
east eastern | west western
developed | developing
old existing former previous past | new future
short | long
increase increased increasing increases rise raise raising widen widening | reduce reduced reducing reduction decrease
increase increased increasing increases rise raise raising widen widening | decreased lower lowering limit
improve improved improving enhance strengthen strengthening | reduce reduced reducing reduction weaken
high higher | low lower
better | worse
more | less
permit allow allowing legalize | prevent preventing prohibit prohibiting ban banning criminalize
legal lawful licit | illegal unlawful illicit
inclusion inclusive | exclusion exclusive
employment | unemployment
reintegration rehabilitation | reoffending recidivism
safe safety secure | danger dangers dangerous risk risks risky threat threats
release released | detention detained detain imprisonment imprisoned
acquittal innocence innocent acquitted | conviction convicted guilty guilt
abolish abolition abolished | establish introduce apply
voluntary | mandatory compulsory obligatory
formal | informal
civil | criminal
profit profits | charities charity charitable
import imports | export exports
origin | destination transit
prosecution prosecutor prosecutors | defence
"""
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "de")
_SHORTEST = 4  # letters of a word that a prefix negates


def _pairs() -> frozenset[tuple[str, str]]:
    """Return the stems of the table, both ways round; two forms of one word are never opposed."""
    both = ((stems(left), stems(right)) for left, right in (line.split("|") for line in _TABLE.strip().splitlines()))
    pairs = {pair for left, right in both for pair in product(left, right)}
    return frozenset(pair for a, b in pairs if a != b for pair in ((a, b), (b, a)))


_OPPOSED = _pairs()


@lru_cache(maxsize=1 << 16)
def opposed(one: str, other: str) -> bool:
    """Return whether two stems mean things that must not be taken for each other."""
    return (one, other) in _OPPOSED or _negates(one, other) or _negates(other, one)


def _negates(one: str, other: str) -> bool:
    """Return whether one stem is the other behind a negating prefix; the prefix can shorten the stem further."""
    for prefix in _PREFIXES:
        rest = one.removeprefix(prefix)
        if rest != one and min(len(rest), len(other)) >= _SHORTEST:
            return rest.startswith(other) or other.startswith(rest)
    return False
