"""Reported speech put back into the present: "noted that X was …" becomes "X is …".

A report sets what the meeting said one step into the past. Auxiliaries ("was", "had been", "could") are turned back
everywhere; a full verb only where the words around it show that it is a finite verb and not a participle, because
"the measures adopted" must stay. What cannot be told is left as the source has it and named, never guessed.
"""

from __future__ import annotations

import re

from drafting.phrasing.inflection import is_noun, is_plural, only_past, past_base, third_person, verb_bases

_TOKEN = re.compile(r"[A-Za-z]+(?:[-’'][A-Za-z]+)*|[^\sA-Za-z]")
_FIXED = {"was": "is", "were": "are", "could": "can", "might": "may"}
_PRONOUNS = frozenset("they it he she we who there".split())
_RELATIVES = frozenset("that which who".split())
_BETWEEN = frozenset(
    "also often still not no long longer therefore thus usually always increasingly heavily frequently further".split()
)
_BREAKS = frozenset(
    "that which who and or as when where while because if of in on to for with by from at under within between among"
    " against about including is are was were".split()
)
_ADJECTIVES = frozenset(
    "increased improved enhanced related organized renewed continued limited detailed armed sustained integrated"
    " targeted specialized coordinated strengthened trained concerted involved required needed widespread unprecedented"
    " adopted developed advanced experienced undertaken so-called broad-based united unlinked perceived".split()
)
# Verbs that stand after their noun as its verb, hardly ever as its participle ("the use depended on").
_SELDOM_PARTICIPLES = frozenset(
    "depend require remain need emerge contribute rely play constitute represent offer include exist lack tend"
    " call have bring create lead become begin continue act affect pose allow enable serve provide help differ range"
    " comprise reflect face go come arise fall bear aggravate heavily complement".split()
)
# Plurals in form that no past tense follows: the verbs among them were turned a moment before.
_NO_SUBJECT = frozenset({"those", *map(third_person, _SELDOM_PARTICIPLES)})
_CONJUNCTIONS = frozenset("which ; as when while because whether if where".split())
_AFTER_FINITE = frozenset("a an the their its our".split())
_AFTER_ASIDE = frozenset("a an the to on both".split())
_TRANSITIVE = frozenset(
    "provide offer include create bring face reflect represent constitute comprise pose require allow enable serve"
    " increase complement lead".split()
)
_PREPOSITIONS = frozenset("in for under at by to from with on within during through".split())
_AFTER_PARTICIPLES = frozenset(
    "out up in on off over to online abroad so as below above down before after since".split()
)
_AUXILIARIES = frozenset("was were be been is are had".split())
_SORTS = frozenset("forms types kinds sorts categories".split())
_DATED = re.compile(r"(?<!of )\b(?:19\d\d|20[012]\d)\b(?!/)|\bat its \w+ session\b")
_SAYING = frozenset(
    "recommend note recognize acknowledge stress emphasize underline highlight ensure reaffirm agree consider convince"
    " recall observe mind concern underscore mention fact belief reiterate point out so such suggest propose".split()
)


def to_present(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a reported text in the present, and the past forms that were left because they could not be told.

    Args:
        text: What follows the reporting verb, such as ``that education was a powerful tool``.
    """
    if _DATED.search(text):
        doubtful = tuple(dict.fromkeys(re.findall(r"\b(?:was|were|had|could|needed|required)\b", text)))
        return text, doubtful
    tokens = list(_TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    changed = _Present(words).turned()
    pieces, at = [], 0
    for token, word in zip(tokens, changed, strict=True):
        pieces += [text[at : token.start()], word]
        at = token.end()
    turned = "".join([*pieces, text[at:]]).replace("can not ", "cannot ")
    return turned, tuple(dict.fromkeys(_doubtful(changed)))


def _doubtful(words: list[str]) -> list[str]:
    """Return the words that look like a past tense still: after a noun, and before an article or another noun."""
    found = []
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        finite = after in {"a", "an", "the", "their", "its"} and past_base(word) and past_base(word) != word.lower()
        # "the way that cultures enhanced human peace", but "crimes committed online" and "measures taken using"
        bare = is_plural(before) and is_noun(after) and not after.endswith(("ing", "ly")) and before not in _NO_SUBJECT
        bare = bare and after not in _BREAKS | _PREPOSITIONS | _AFTER_PARTICIPLES and bool(past_base(word))
        if (word in {"did", "had"} and before not in {"has", "have"}) or (
            (finite or bare) and word.endswith("ed") and (is_noun(before) or is_plural(before))
        ):
            found.append(word)
    return found


class _Present:
    """The words of one reported text, turned one by one."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.lower = [word.lower() for word in words]

    def turned(self) -> list[str]:
        turned = list(self.words)
        finite_before = False
        for at, word in enumerate(self.lower):
            if word in {",", ";", ":"}:
                continue
            if word in _FIXED:
                turned[at] = _FIXED[word]
                finite_before = True
            elif word == "had" and self.lower[at - 1 : at] != ["had"]:
                plural = self._plural_subject(at)
                turned[at] = "have" if plural else "has"
                finite_before = True
            elif word == "would" and self._main_would(at):
                turned[at] = "will"
            elif word == "did" and self.lower[at + 1 : at + 2] == ["not"]:
                turned[at] = "do" if self._plural_subject(at) else "does"
                finite_before = True
            else:
                base = "" if word == "had" else past_base(word)
                if base and self._finite(at, base, finite_before):
                    turned[at] = base if self._plural_subject(at) else third_person(base)
                    finite_before = True
        return turned

    def _main_would(self, at: int) -> bool:
        """Tell "the Congress would build on" (what was to come) from "as that would foster" (what might be)."""
        return self.lower[max(0, at - 2) : at] != ["as", "that"]

    def _finite(self, at: int, base: str, finite_before: bool) -> bool:
        """Tell whether a past form is the verb of its clause and not a participle."""
        before = self._content_before(at)
        if before < 0:
            return False
        previous = self.lower[before]
        if only_past(self.lower[at]) or (previous in _PRONOUNS and previous != "who"):
            return True
        if previous in _RELATIVES:
            return self._is_relative(before) or previous in {"which", "who"} or self._after_concern(before, base)
        if previous in {"and", "or"}:
            return (previous == "and" and finite_before and self._coordinated(at)) or self._second_of_two(before, at)
        return self._looks_finite(at, base, previous) and not self._closed_clause(at)

    def _looks_finite(self, at: int, base: str, previous: str) -> bool:
        """Tell whether what stands around a past form makes it a verb: an article after it, a noun before it."""
        following = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        seldom = base in _SELDOM_PARTICIPLES
        after_aside = previous == "," and seldom and following in _AFTER_ASIDE
        after_noun = previous not in _BREAKS and (is_noun(previous) or is_plural(previous))
        with_object = after_noun and following in _AFTER_FINITE
        described = following == "by" or (base in _TRANSITIVE and following in _PREPOSITIONS)
        named = self.words[at] != self.lower[at]
        two = after_noun and following in {"and", "or"} and self._with_object(at + 2)
        return not named and (after_aside or with_object or two or (after_noun and seldom and not described))

    def _with_object(self, at: int) -> bool:
        """Tell whether a past form stands at a place, and an article or a possessive after it."""
        after = self.lower[at + 1 : at + 2]
        return bool(after) and bool(past_base(self.lower[at])) and after[0] in _AFTER_FINITE

    def _second_of_two(self, conjunction: int, at: int) -> bool:
        """Tell whether two past forms of one subject share an object: "groups financed or supported their acts"."""
        first = conjunction - 1
        before = self.lower[first - 1] if first > 0 else ""
        return bool(past_base(self.lower[first])) and is_plural(before) and self._with_object(at)

    def _after_concern(self, relative: int, base: str) -> bool:
        """Tell "an area of concern that required attention" from "concern that increased trafficking"."""
        return relative > 0 and base in _SELDOM_PARTICIPLES and is_noun(self.lower[relative - 1])

    def _coordinated(self, at: int) -> bool:
        """Tell whether a past form after "and" continues a verb of the relative clause that stands before it."""
        word = self.lower[at]
        following = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        earlier = [past_base(other) for other in self.lower[max(0, at - 12) : at]]
        if word in _ADJECTIVES or following in {"and", "or", "in", "at", "under", "for", ""}:
            return False
        return any(earlier) and not _AUXILIARIES & set(self.lower[max(0, at - 10) : at])

    def _closed_clause(self, at: int) -> bool:
        """Tell whether an auxiliary follows soon, which makes the past form before it a participle."""
        ahead = self.lower[at + 1 : at + 8]
        for word in ahead:
            if word in {"that", "which", "who", "whether", ",", ";", "and"}:
                return False
            if word in {"was", "were", "had", "could", "should", "would"}:
                return True
        return False

    def _content_before(self, at: int) -> int:
        """Return where the word stands that precedes a verb and its adverbs; -1 at the start."""
        before = at - 1
        while before >= 0 and (self.lower[before] in _BETWEEN or self.lower[before].endswith("ly")):
            before -= 1
        return before

    def _is_relative(self, at: int) -> bool:
        """Tell whether "that" follows a noun and not a verb of saying."""
        if at == 0:
            return False
        previous = self.lower[at - 1]
        if previous == "," or _SAYING & set(verb_bases(previous)) or previous in _SAYING:
            return False
        return is_noun(previous) or is_plural(previous) or previous == "those"

    def _plural_subject(self, at: int) -> bool:
        """Tell whether the subject of the verb at a place is plural, by its head noun or its "and"."""
        before = self._content_before(at)
        if before < 0:
            return False
        word = self.lower[before]
        if word in _PRONOUNS - {"who"}:
            return word in {"they", "we"}
        if word in _RELATIVES:
            return self._antecedent_plural(before)
        if word in {"and", "or"}:
            return self._plural_of_earlier_verb(before)
        start = before
        while start > 0 and not self._opens_clause(start - 1, aside=word == ","):
            start -= 1
        return self._phrase_plural(start, before + 1)

    def _opens_clause(self, at: int, *, aside: bool) -> bool:
        """Tell whether a clause begins behind a word; after an aside in commas only a conjunction tells."""
        word = self.lower[at]
        if word == "that":
            return at == 0 or self.lower[at - 1] not in {"in", "of", "on", "for", "to", "with", "from", "under"}
        return word in _CONJUNCTIONS or (word == "," and not aside)

    def _phrase_plural(self, start: int, end: int) -> bool:
        phrase = self.lower[start:end]
        cut = next((i for i, word in enumerate(phrase) if i and word in _BREAKS - {"and"}), len(phrase))
        head = phrase[:cut]
        participle = next((i for i, word in enumerate(head) if i > 1 and past_base(word) and is_plural(head[i - 1])), 0)
        head = head[:participle] if participle else head
        if "and" in head[1:]:
            return True
        if head[:1] and head[0] in {"a", "an"} and head[-1] == "number":
            return True
        return bool(head) and is_plural(head[-1])

    def _antecedent_plural(self, at: int) -> bool:
        before = at - 1
        while before > 0 and self.lower[before] == ",":
            before -= 1
        if self.lower[max(0, before - 2) : before + 1] == ["on", "the", "other"]:
            return True  # what is on the one hand and on the other is several
        sort_of = any(
            sort in _SORTS and link == "of"
            for sort, link in zip(
                self.lower[max(0, before - 4) : before], self.lower[max(1, before - 3) :], strict=False
            )
        )
        return before >= 0 and (sort_of or is_plural(self.lower[before]))

    def _plural_of_earlier_verb(self, at: int) -> bool:
        """Share the subject of the verb that is continued after "and"."""
        for earlier in range(at - 1, -1, -1):
            if past_base(self.lower[earlier]) and self._content_before(earlier) >= 0:
                head = self.lower[self._content_before(earlier)]
                if head in _RELATIVES or head in _PRONOUNS or is_noun(head):
                    return self._plural_subject(earlier)
        return False
