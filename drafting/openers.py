"""The words that open a clause and are set in italics: the participle of the preamble, the verb of a resolution.

Italics cover the verb with its adverb and manner ("Noting with concern", "Also calls upon"), not the preposition or
conjunction that only joins it to the rest ("*Takes note* of", "*Convinced* that"), as United Nations resolutions have
it. The tables hold the vocabulary of such texts; this module knows nothing of drafts.
"""

from __future__ import annotations

import re

_ADVERBS = (
    "also", "further", "again", "once again", "deeply", "gravely", "greatly", "seriously", "strongly", "firmly",
    "fully", "profoundly", "particularly", "especially", "warmly", "highly", "extremely", "keenly", "duly",
)  # fmt: skip
_PARTICIPLES = (
    "bearing in mind", "keeping in mind", "taking into account", "taking into consideration", "taking note",
    "taking stock", "calling upon", "calling for", "looking forward", "paying tribute", "drawing attention",
    "having regard", "having in mind", "having taken into account", "having taken note",
    "assembled", "gathered", "guided", "inspired", "encouraged", "determined", "resolved", "committed", "convinced",
    "persuaded", "concerned", "alarmed", "disturbed", "dismayed", "troubled", "distressed", "gratified", "motivated",
    "mindful", "aware", "conscious", "cognizant", "confident", "desirous", "hopeful",
)  # fmt: skip
_NO_PARTICIPLES = (
    "anything", "concerning", "during", "everything", "following", "including", "notwithstanding", "nothing",
    "pending", "regarding", "something", "spring", "string", "thing",
)  # fmt: skip
_VERBS = (
    "calls upon", "calls on", "calls for", "takes note", "takes into account", "takes into consideration",
    "draws attention", "draws the attention", "looks forward", "pays tribute", "bears in mind",
    "accepts", "acknowledges", "adopts", "affirms", "agrees", "appeals", "appreciates", "approves", "authorizes",
    "commends", "commits itself", "concludes", "concurs", "condemns", "confirms", "congratulates", "considers",
    "decides", "declares", "demands", "deplores", "designates", "determines", "directs", "emphasizes", "encourages",
    "endeavours", "endorses", "establishes", "highlights", "insists", "instructs", "invites", "notes", "pledges",
    "proclaims", "proposes", "reaffirms", "recalls", "recognizes", "recommends", "regrets", "reiterates", "reminds",
    "renews", "requests", "resolves", "stresses", "strives", "suggests", "supports", "thanks", "transmits",
    "underlines", "underscores", "undertakes", "urges", "welcomes",
)  # fmt: skip
_FEELINGS = (
    "appreciation", "concern", "satisfaction", "regret", "interest", "gratitude", "alarm", "dismay", "pride",
    "approval", "support", "solidarity", "condolences", "sympathy", "hope", "conviction", "determination",
    "commitment", "thanks",
)  # fmt: skip
_DEGREES = (
    "deep", "deepest", "grave", "great", "serious", "particular", "profound", "sincere", "strong", "warm", "keen",
    "full", "firm", "growing", "continued",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the words, the longest first, with any run of spaces between two of them."""
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"


_BEFORE = rf"(?:{_any(_ADVERBS)}\s+){{0,2}}"
_FEELING = rf"(?:(?:its|our|their)\s+)?(?:{_any(_DEGREES)}\s+)?{_any(_FEELINGS)}\b"
_AFTER = rf"(?:\s+(?:also|further|once\s+again|again|in\s+particular)\b)?(?:\s+with\s+{_FEELING})?"
_PREAMBULAR = re.compile(
    rf"{_BEFORE}(?:expressing(?:\s+(?:also|further))?\s+{_FEELING}|{_any(_PARTICIPLES)}\b|having\s+[a-z]+\b"
    rf"|(?!{_any(_NO_PARTICIPLES)}\b)[a-z]{{2,}}ing\b){_AFTER}",
    re.IGNORECASE,
)
_OPERATIVE = re.compile(
    rf"{_BEFORE}(?:expresses(?:\s+(?:also|further))?\s+{_FEELING}|expresses\b|{_any(_VERBS)}\b){_AFTER}",
    re.IGNORECASE,
)


def preambular_opener(text: str) -> str:
    """Return the participle that opens a preambular paragraph, such as ``Bearing in mind also``; empty without one."""
    found = _PREAMBULAR.match(text)
    return found.group() if found else ""


def operative_opener(text: str) -> str:
    """Return the verb that opens an operative paragraph of a resolution, such as ``Takes note``; empty without one."""
    found = _OPERATIVE.match(text)
    return found.group() if found else ""
