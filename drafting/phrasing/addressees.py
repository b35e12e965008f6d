"""Whom a recommendation addresses, and the verb that such an addressee is spoken to with.

Member States are called upon, what is accountable to the body is requested, whoever is outside its authority is
invited; without anybody to address, the body recommends. Reports and items are not told apart here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.phrasing.acts import Act
from drafting.phrasing.inflection import is_base
from drafting.phrasing.nouns import as_action
from drafting.phrasing.suggestion import Flag, FlagKind

_STATES = (
    r"(?:(?:all |interested |concerned )?(?:Member States|States parties|States|Governments|countries)"
    r"(?: (?:of|in|within) the (?:region|hemisphere))?)"
)
_ACCOUNTABLE = (
    r"(?:UNODC|the United Nations Office on Drugs and Crime|the Secretariat|the Secretary-General"
    r"|the Executive Director of UNODC|the Commission on Crime Prevention and Criminal Justice)"
)
_OUTSIDE = (
    r"(?:the (?:international (?:donor )?community|donor community|United Nations(?: system)?|private sector"
    r"|institutes?[\w ]*|international organizations)"
    r"|civil society(?: organizations)?|donors|(?:relevant |other |inter\w+ )*organizations)"
)
_ANY = rf"(?:{_STATES}|{_ACCOUNTABLE}|{_OUTSIDE})"
_WHO_DOES = re.compile(
    rf"that (?P<who>{_ANY}(?:(?:,| and|, and) {_ANY})*)(?P<not> not)?(?P<adverb> [a-z]+ly)? "
    r"(?P<verb>[a-z]+)\b(?P<rest>.*)$",
    re.DOTALL,
)
_BE_ENCOURAGED = re.compile(
    r"that (?P<who>.+?) be (?:further )?(?P<verb>encouraged|invited|urged|requested) (?P<rest>to .+)$", re.DOTALL
)
_BASES = {"encouraged": "encourage", "invited": "invite", "urged": "urge", "requested": "request"}
_USE_BY_STATES = re.compile(
    r"the (?P<how>increased|full|better|wider) use (?:by (?:Member )?States )?of (?P<rest>.+)$", re.DOTALL
)
_BARE_STATES = re.compile(r"\b(?<!Member )(?<!United )States(?! (?:part|Members))(?! of America)(?=\b(?!’))")
_MEMBER_STATES_SUPPLIED = Flag(FlagKind.ADDRESSEE, "The source names nobody: “Member States” is supplied, confirm it.")
_NOBODY = Flag(FlagKind.ADDRESSEE, "The source names nobody who is to act.")
_AND_THAT = re.compile(r",? and that(?=,? )")
_BY_STATES = re.compile(r"(?P<what>.+) by (?P<who>(?:all )?(?:Member )?States)$", re.DOTALL)
_STRONG = "strongly"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A recommendation as an act.

    Attributes:
        act: The act.
        rules: Names of the rules that were applied.
        flags: What to check.
        then: Further acts, where "and that" goes on to somebody else.
    """

    act: Act
    rules: tuple[str, ...]
    flags: tuple[Flag, ...] = ()
    then: tuple[Act, ...] = ()


def recommendation(rest: str, adverbs: tuple[str, ...], *, passive: bool = False) -> Addressed:
    """Return what was recommended as an act with the verb that its addressee asks for.

    Args:
        rest: What follows "recommended", without the closing mark.
        adverbs: Adverbs beside the verb; "strongly" raises a call to an urge, as the ladder has it.
        passive: Whether the report names nobody who recommends; then a noun is left a noun.
    """
    strong = _STRONG in adverbs
    adverb = " ".join(word for word in adverbs if word in {"also", "further", _STRONG})
    encouraged = _BE_ENCOURAGED.match(rest)
    if encouraged:
        act = Act(_BASES[encouraged["verb"]], f"{member_states(encouraged['who'])} {encouraged['rest']}")
        return Addressed(act, ("be encouraged",))
    does = _WHO_DOES.match(rest)
    if does and does["verb"] != "be" and is_base(does["verb"]):
        who = member_states(does["who"])
        verb = _verb_for(does["who"], strong=strong)
        to_do = f"{'not ' if does['not'] else ''}to {(does['adverb'] or '').strip()} {does['verb']}".replace("  ", " ")
        done, *others = _AND_THAT.split(does["rest"])
        then = tuple(Act("recommend", f"that{other}") for other in others)
        return Addressed(Act(verb, f"{who} {to_do}{done}"), ("addressee",), then=then)
    action = "" if passive or rest.startswith("that ") else _action(rest)
    if action:
        named = _BY_STATES.match(action)
        who = member_states(named["who"]) if named else "Member States"
        act = Act("urge" if strong else "call upon", f"{who} to {named['what'] if named else action}")
        return Addressed(act, ("noun of action",), () if named else (_MEMBER_STATES_SUPPLIED,))
    return Addressed(Act("recommend", rest, adverb), ("recommend that",), (_NOBODY,))


def member_states(text: str) -> str:
    """Return a text in which "States" are "Member States"."""
    return _BARE_STATES.sub("Member States", text)


def _action(rest: str) -> str:
    used = _USE_BY_STATES.match(rest)
    if used:
        return f"make {used['how']} use of {used['rest']}"
    return as_action(rest)


def _verb_for(who: str, *, strong: bool) -> str:
    if re.search(_STATES, who):
        return "urge" if strong else "call upon"
    return "request" if re.match(_ACCOUNTABLE, who) else "invite"
