"""Reported speech taken apart: who said it, with what verb, and what was said.

"The Meeting noted X and recommended that Y", "It was stressed that X", "X was noted", "Recognizing X, the Meeting
recommended Y", "States should X" all come out as the same `Report`. What is made of it is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from drafting.phrasing.inflection import is_known
from drafting.phrasing.verbs import ADVERBS, BY_GERUND, BY_PAST, GERUND, PAST

_JOINING = (
    r"(?:In (?:that|this) (?:regard|respect|connection|context|spirit)|Moreover|Furthermore|However|Likewise|Therefore"
    r"|In addition|Accordingly|Specifically|In general|For (?:that|this) reason|On the other hand|In particular|Thus"
    r"|In doing so|Bearing that in mind)"
)
_JOINED_ON = re.compile(r"^,? ?in (?:that|this) (?:regard|respect|connection|context),? ")
_WHO = (
    r"(?:[Tt]he (?:[A-Z]\w+ )*(?:Regional )?(?:Preparatory )?Meeting(?: for the [A-Z][\w ]+?)?|[Ii]t|[Tt]hey"
    r"|[Pp]articipants(?: (?:in|at) the [Mm]eeting)?)"
)
_NOT_ALL = re.compile(
    r"\b(?:(?:[Ss]ome|[Ss]everal|[Mm]any|[Mm]ost|[Oo]ther|[Oo]ne|[Tt]wo|[Aa]|[Aa] number of|[Aa]nother|[Aa] few) "
    r"(?:participants?|speakers?|delegations?|representatives?|experts?)\b|[Tt]he view was expressed)"
)
_ACTIVE = re.compile(
    rf"(?P<lead>(?:.+?, )??)(?P<who>{_WHO})(?P<adverbs>(?:,? {ADVERBS},?)*) (?P<verb>{PAST})\b(?P<rest>.*)$", re.DOTALL
)
_IMPERSONAL = re.compile(
    rf"(?P<lead>(?:.+?,? )??)[Ii]t was(?P<adverbs>(?: {ADVERBS})*) (?P<verb>{PAST})"
    r"(?: by (?:the )?\w+)?,?(?P<where> in (?:that|this) regard,)? "
    r"(?P<rest>that\b.*)$",
    re.DOTALL,
)
_NOUN_VERBS = (
    r"(?P<verb>noted|stressed|emphasized|highlighted|underlined|underscored|recognized|acknowledged|recommended"
    r"|encouraged|welcomed|condemned|mentioned|identified|supported|reaffirmed|reiterated)"
)
_PASSIVE = re.compile(
    rf"(?P<what>.+?) (?:was|were)(?P<adverbs>(?: {ADVERBS})*) {_NOUN_VERBS}"
    r"(?: by (?:the Meeting|participants))?"
    r"(?P<tail>(?: as (?!were\b).*)?"
    r"(?:,? (?:in this regard|in that regard|particularly|including|in (?:order )?\w+).*)?)$",
    re.DOTALL,
)
_ADDRESSED = re.compile(
    r"(?P<who>(?:Member States|States|Governments|[Cc]ountries|Parties)(?: [^,.]*?)?)"
    rf" were(?P<adverbs>(?: {ADVERBS})*) "
    r"(?P<verb>encouraged|invited|urged|requested|called upon) (?P<rest>to .*)$",
    re.DOTALL,
)
_PLACED = re.compile(
    r"(?P<lead>(?:While \w+ing .+?, )?)"
    r"(?P<kind>[Cc]oncerns?|[Aa]ppreciation|[Ss]upport|[Ee]mphasis|(?:(?:[Ss]pecial|[Pp]articular) r|[Rr])eference) "
    r"(?:was|were)(?: also)? (?:expressed|placed|made|raised|voiced) (?P<rest>(?:about|at|over|for|on|to|that) .*)$",
    re.DOTALL,
)
_PLACED_VERBS = {"concern": "express concern", "concerns": "express concern", "appreciation": "express appreciation",
                 "support": "express support", "emphasis": "emphasize"}  # fmt: skip
_PARTICIPLE = re.compile(rf"(?P<verb>{GERUND})\b (?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_FURTHER_ACT = re.compile(
    rf",? and(?P<adverbs>(?: (?:in (?:that|this) regard,?|it was|{ADVERBS}))*) (?P<verb>{PAST})"
    r"(?= (?:that|the|its|full|support|a|an|(?:Member )?States|Governments|for|of|with|and|international) )"
)
_BESIDES = re.compile(
    r",? and (?:also )?(?:was|were) (?:also )?(?:informed|provided|briefed)\b"
    r"|,? and in (?:that|this) regard,? reference was\b"
    r"|; for that\b"
)
SHOULD = "should without a report"
"""Name of the rule for a sentence that says "should" and reports nobody."""

_SHOULD = re.compile(r"(?P<what>.+?) should (?P<rest>.+)$", re.DOTALL)


_NAMED = re.compile(r"(?:[A-Z][\w’-]+ (?:of |and |for |on )?){2,}|(?:Governments|States|Member|Parties)\b")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said.

    Attributes:
        verb: Verb of a declaration.
        past: The report's own verb, in the past.
        rest: What was said, as the report has it; empty when it shares that of the next.
        adverbs: Beside the verb.
    """

    verb: str
    past: str
    rest: str
    adverbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of reported speech.

    Attributes:
        rule: Name of the rule that recognized it.
        said: At least one.
        lead: Opening words that are no reporting verb, without the comma; empty without.
        who: Who said it: "the Meeting", "participants", or empty when nobody is named.
    """

    rule: str
    said: tuple[Said, ...]
    lead: str = ""
    who: str = ""


def not_everyone(sentence: str) -> str:
    """Return the words that say only some spoke ("One speaker", "Several participants"); empty when none do."""
    found = _NOT_ALL.search(sentence)
    return found.group() if found else ""


def report_of(sentence: str) -> Report | None:
    """Return what a sentence reports, or None when it reports nothing that a declaration can say.

    Args:
        sentence: One sentence without its closing mark.
    """
    body = re.sub(rf"^{_JOINING},? (?=\S)", "", sentence)
    body = body[:1].upper() + body[1:]
    for recognize in (_active, _impersonal, _addressed, _placed, _passive, _should):
        found = recognize(body)
        if found:
            return found
    return None


def left_out(sentence: str) -> bool:
    """Tell whether `report_of` leaves out what a sentence adds in another voice ("and was informed of …")."""
    return bool(_BESIDES.search(sentence))


def _adverbs(text: str) -> tuple[str, ...]:
    return tuple(re.findall(ADVERBS, text))


def _active(body: str) -> Report | None:
    found = _ACTIVE.match(body)
    if not found or (re.search(r"\b(?:was|were|had|should|that)\b .*, $", found["lead"]) and not _opens(found["lead"])):
        return None
    lead = found["lead"].rstrip(", ")
    said = _acts(found["verb"], _JOINED_ON.sub("", found["rest"].strip()), _adverbs(found["adverbs"]))
    rule = "reported"
    opening = _PARTICIPLE.match(lead)
    if opening and opening["verb"].lower() in BY_GERUND:
        verb = BY_GERUND[opening["verb"].lower()]
        said, lead, rule = (Said(verb, opening["verb"].lower(), opening["rest"]), *said), "", "participle and report"
    who = "participants" if found["who"].lower().startswith(("participants", "they")) else "the Meeting"
    return Report(rule, said, lead, who)


def _opens(lead: str) -> bool:
    """Tell whether opening words hang from a participle or a preposition, and are no sentence of their own."""
    return bool(
        re.match(r"(?:[A-Z]\w+ing|Convinced|Concerned|With|When|While|Given|In|For|As|On|Particularly)\b", lead)
    )


def _impersonal(body: str) -> Report | None:
    found = _IMPERSONAL.match(body)
    if not found or re.search(r"\bthat\b", found["lead"]) or re.search(r"\b(?:was|were)\b", found["lead"]):
        return None
    said = _acts(found["verb"], found["rest"], _adverbs(found["adverbs"]))
    return Report("impersonal report", said, found["lead"].rstrip(", "))


def _addressed(body: str) -> Report | None:
    found = _ADDRESSED.match(body)
    if not found:
        return None
    said = Said(BY_PAST[found["verb"]], found["verb"], f"{found['who']} {found['rest']}", _adverbs(found["adverbs"]))
    return Report("States were encouraged", (said,))


def _placed(body: str) -> Report | None:
    found = _PLACED.match(body)
    if not found:
        return None
    kind, rest, lead = found["kind"].lower(), found["rest"], found["lead"].rstrip(", ")
    if kind.endswith("reference"):
        return Report(
            "concern was expressed",
            (Said("take note of", "referred to", rest.removeprefix("to ").replace(" and to ", " and of ")),),
            lead,
        )
    if kind == "emphasis":
        rest = rest.removeprefix("on ")
    return Report("concern was expressed", (Said(_PLACED_VERBS[kind], "expressed", rest),), lead)


def _passive(body: str) -> Report | None:
    opening = _OPENING.match(body)
    lead, body = (opening["lead"], opening["what"]) if opening else ("", body)
    more = _AS_WERE.search(body)
    found = _PASSIVE.match(body[: more.start()] if more else body)
    if not found or re.match(r"(?:It|There|While|When)\b", body) or _SUBORDINATE.search(found["what"]):
        return None
    tail = re.sub(r"^,? ?(?:in this regard|in that regard)", "", found["tail"])
    tail += f", as well as {more['what']}" if more else ""
    said = Said(BY_PAST[found["verb"]], found["verb"], _small(found["what"]) + tail, _adverbs(found["adverbs"]))
    return Report("passive report", (said,), lead)


_NOT_A_SUBJECT = re.compile(
    rf"\b(?:was|were|had|has|have|said|addressed|, that)\b|\b{PAST}\b(?! (?:to|by|in|and|\w+s)\b)"
    r"|^(?:We|It|When|If|That|How|What|[A-Z]\w+ing that)\b| it$"
)
_OPENING = re.compile(r"(?P<lead>(?:Building|In|With|For|Upon) [^,]+(?:,[^,]+)??), (?P<what>[a-z].*)$", re.DOTALL)
_AS_WERE = re.compile(r", as (?:was|were) (?P<what>.+)$", re.DOTALL)
_SUBORDINATE = re.compile(
    r"^(?:In|On|With|Upon|To|For|As|By|After|Focusing|Building) [^,]*,|\b(?:and|;) it$|, (?:and|but|furthermore) "
)


def _should(body: str) -> Report | None:
    found = _SHOULD.match(body)
    if not found or not re.match(r"[A-Z]", body) or _NOT_A_SUBJECT.search(found["what"]):
        return None
    lead, what = "", found["what"]
    opening = _OPENING.match(what)
    if opening:
        lead, what = opening["lead"], opening["what"]
    said = Said("recommend", "should", f"that {_small(what)} should {found['rest']}")
    if re.match(r"In \w+ing\b", lead):  # says what the subject does, not what "we" do
        lead, said = "", replace(said, rest=f"that, {_small(lead)}, {said.rest.removeprefix('that ')}")
    return Report(SHOULD, (said,), lead)


def _acts(verb: str, rest: str, adverbs: tuple[str, ...]) -> tuple[Said, ...]:
    """Split "noted X and recommended that Y" into its acts."""
    joined = _FURTHER_ACT.match(" " + rest) if rest.startswith("and ") else None
    # What the Meeting was told or did besides is no part of what it noted.
    rest = _BESIDES.split(rest)[0]
    cut = joined or _FURTHER_ACT.search(rest)
    if not cut:
        return (Said(BY_PAST[verb], verb, rest, adverbs),)
    if joined:
        here, after = "", (" " + rest)[joined.end() :].strip()
    else:
        here, after = rest[: cut.start()], rest[cut.end() :].strip()
    return (Said(BY_PAST[verb], verb, here, adverbs), *_acts(cut["verb"], after, _adverbs(cut["adverbs"])))


def _small(text: str) -> str:
    """Return a text that no longer begins a sentence: "The need" → "the need", but "Member States" stays."""
    if _NAMED.match(text) and not re.match(r"(?:The|An?|In|Such) ", text):
        return text
    first = re.match(r"[A-Za-z]*", text)
    plain = first is not None and (len(first[0]) == 1 or first[0][1:].islower()) and is_known(first[0])
    return text[:1].lower() + text[1:] if plain else text
