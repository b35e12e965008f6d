"""Nouns that name an action, and the verb that does it: "the adoption of mechanisms" becomes "adopt mechanisms".

Kept as a table, because the endings mislead ("the consideration of" but "the destination of") and a verb must be one
that a State can be called upon to do. Sentences are not known here.
"""

from __future__ import annotations

import re

from drafting.phrasing.inflection import gerund_base

ACTIONS: dict[str, str] = {
    "adoption": "adopt", "allocation": "allocate", "analysis": "analyse", "application": "apply",
    "assessment": "assess", "collection": "collect", "conclusion": "conclude", "consideration": "consider",
    "consolidation": "consolidate", "continuation": "continue", "coordination": "coordinate", "creation": "create",
    "criminalization": "criminalize", "design": "design", "development": "develop", "dissemination": "disseminate",
    "elaboration": "elaborate", "elimination": "eliminate", "enactment": "enact", "enhancement": "enhance",
    "establishment": "establish", "examination": "examine", "exchange": "exchange", "expansion": "expand",
    "formulation": "formulate", "harmonization": "harmonize", "identification": "identify",
    "implementation": "implement", "improvement": "improve", "inclusion": "include", "increase": "increase",
    "integration": "integrate", "introduction": "introduce", "involvement": "involve", "mobilization": "mobilize",
    "preparation": "prepare", "prevention": "prevent", "promotion": "promote", "protection": "protect",
    "provision": "provide", "ratification": "ratify", "reduction": "reduce", "reform": "reform", "review": "review",
    "revision": "revise", "support": "support", "use": "use", "utilization": "utilize",
}  # fmt: skip
"""Nouns of action and their verbs."""

ADVERBS: dict[str, str] = {
    "active": "actively", "broad": "broadly", "careful": "carefully", "continued": "continuously",
    "effective": "effectively", "efficient": "efficiently", "full": "fully", "prompt": "promptly",
    "systematic": "systematically", "timely": "", "universal": "universally", "wide": "widely",
}  # fmt: skip
"""Adjectives that an action may have and the adverb each becomes; an empty one cannot be turned."""

_OF = re.compile(
    r"(?:the |an? )?(?P<adjective>[a-z]+ )?(?P<noun>[a-z]+)(?P<more>(?:,? and [a-z]+)?)"
    r"(?: (?P<link>of|in)) (?P<rest>.+)$",
    re.DOTALL,
)
_BARE = re.compile(r"(?P<noun>support) for (?P<rest>.+)$", re.DOTALL)


def as_action(phrase: str) -> str:
    """Return a phrase as something to do ("the adoption of X" → "adopt X"); empty when it is no action.

    Args:
        phrase: What was recommended, without the closing mark.
    """
    found = _BARE.match(phrase)
    if found:
        return f"{ACTIONS[found['noun']]} {found['rest']}"
    found = _OF.match(phrase)
    if not found or found["link"] != "of":
        return ""
    adjective = (found["adjective"] or "").strip()
    verbs = [verb_of(noun) for noun in [found["noun"], *re.findall(r"[a-z]{4,}", found["more"])]]
    if adjective and adjective not in ADVERBS and verb_of(adjective) == "":
        return ""
    adverb = ADVERBS.get(adjective, "")
    if not all(verbs) or (adjective and not adverb):
        return ""
    return f"{adverb} {' and '.join(verbs)} {found['rest']}".strip()


def verb_of(noun: str) -> str:
    """Return the verb that a noun of action or a gerund comes from; empty when there is none."""
    return ACTIONS.get(noun) or gerund_base(noun)
