"""The items of a list of recommendations: "Strengthen …", "To strengthen …", "Building on …, explore …".

Their subject is the Member States that the list speaks for, so a declaration endeavours and a resolution calls upon;
an item that is itself an operative verb ("Invite Member States to …") keeps it. The list's lead-in is not needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.phrasing.acts import Act, Wording
from drafting.phrasing.addressees import member_states
from drafting.phrasing.inflection import gerund_base, is_base, is_noun
from drafting.phrasing.suggestion import Flag, FlagKind
from drafting.phrasing.verbs import WITH_ADDRESSEE

_STATEMENTS = frozenset(
    "acknowledge emphasize highlight note reaffirm recall recognize reiterate stress underline underscore welcome"
    " recommend".split()
)
_OPERATIVE = re.compile(
    rf"(?P<verb>{'|'.join(sorted(WITH_ADDRESSEE | _STATEMENTS, key=len, reverse=True))}) (?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_HELP = re.compile(
    r"(?:assist|help) (?:Member States|States|Governments|countries|developing countries)\b", re.IGNORECASE
)
_FOR_OTHERS = re.compile(
    r"\b(?:assistance|support) to (?:Member States|developing countries)\b|^support countries\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?P<lead>(?:[A-Z][a-z]+ing|In|With|While|As|Through|Where|When|By|On|Upon)\b.+?), "
    r"(?P<rest>(?:[a-z]+ly )?(?P<verb>[a-z]+)\b.*)$",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"(?P<to>[Tt]o )?(?P<adverb>(?:[A-Za-z]+ly |[Nn]ot to |[Ff]urther |[Aa]lso )?)(?P<verb>[A-Za-z-]+)\b(?P<rest>.*)$",
    re.DOTALL,
)
_NO_ITEM = re.compile(
    r"(?:Acknowledg|Bear|Build|Consider|Convinc|Desir|Draw|Emphasiz|Express|Focus|Follow|Hav|Highlight|Not|Reaffirm|Recall"
    r"|Recogniz|Refer|Stemm|Stress|Tak|Underlin|Welcom)ing\b|\w+ of\b|.*, .*\b(?:was|were|had|is|are|should|could)\b",
    re.DOTALL,
)
_PURPOSE = re.compile(r"To [^,;]+, (?!and |or )(?:[A-Z]|such|the|this|that|these|those|it|an?|there)|\w+ of ")
_CLAUSE = re.compile(r"\b(?:that|which|who|where|as|to|by|in|through|with|including)\b")
_FINITE = re.compile(r"(?:[\w’'-]+ ){1,12}?(?:was|were|had|has|have|could|should|would|is|are|might|may|can) ")
_UNODC = "[the United Nations Office on Drugs and Crime]"
_INFERRED = Flag(FlagKind.ADDRESSEE, "The source names nobody; the Office in brackets is inferred, confirm it.")
_FOR_UNODC = Flag(FlagKind.ADDRESSEE, "Perhaps meant for the United Nations Office on Drugs and Crime, not for States.")
_IMPLIED = Flag(FlagKind.ADDRESSEE, "The source names nobody: Member States are taken as the ones to act.")


@dataclass(frozen=True, slots=True)
class Item:
    """An item as wording.

    Attributes:
        rule: Name of the rule that recognized it.
        wording: Its acts.
        flags: What to check.
    """

    rule: str
    wording: Wording
    flags: tuple[Flag, ...]


def item_of(sentence: str, *, listed: bool = False) -> Item | None:
    """Return an item as wording, or None when a sentence is no item in the imperative.

    Args:
        sentence: One sentence without its closing mark.
        listed: Whether it closed with a semicolon, as an item of a list does; only then is "Doing X" an item.
    """
    joined = re.sub(r"^In (?:that|this) regard, ", "", sentence)
    sentence = joined if joined == sentence else joined[:1].upper() + joined[1:]
    lead = _LEAD.match(sentence)
    if lead and is_base(lead["verb"]) and not _looks_finite(lead["rest"]):
        return _commitment("item with a lead", lead["rest"], lead["lead"])
    plain = _PLAIN.match(sentence)
    if not plain or not plain["rest"].strip() or (sentence[:1].islower() and not plain["to"]):
        return None
    verb, gerund = plain["verb"], gerund_base(plain["verb"])
    if listed and gerund and not plain["to"] and not _NO_ITEM.match(sentence):
        return _commitment("gerund item", f"{plain['adverb'].lower()}{gerund}{plain['rest']}")
    if not is_base(verb) or (is_noun(verb) and _looks_finite(sentence)) or _PURPOSE.match(sentence):
        return None
    body = f"{plain['adverb'].lower()}{verb[:1].lower()}{verb[1:]}{plain['rest']}"
    operative = _OPERATIVE.match(body)
    return _operative(operative["verb"].lower(), operative["rest"]) if operative else _commitment("item", body)


def _operative(verb: str, rest: str) -> Item:
    addressed = member_states(rest) if verb in WITH_ADDRESSEE else rest
    return Item("operative item", Wording((Act(verb, addressed),)), ())


def _looks_finite(sentence: str) -> bool:
    """Tell whether a sentence goes on like a statement: "Support services were …"."""
    before_clause = _CLAUSE.split(sentence, maxsplit=1)[0]
    return bool(_FINITE.match(before_clause + " "))


def _commitment(rule: str, body: str, lead: str = "") -> Item:
    if _HELP.match(body):
        return Item("hidden addressee", Wording((Act("request", f"{_UNODC} to {body}"),), lead), (_INFERRED,))
    flag = _FOR_UNODC if _FOR_OTHERS.search(body) else _IMPLIED
    aside = lead[:1].lower() + lead[1:]
    return Item(rule, Wording((Act("call upon", f"Member States to {body}"),), aside, commitment=True), (flag,))
