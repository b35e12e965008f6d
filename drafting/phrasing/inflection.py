"""English word forms: the base of a verb, its third person, whether a noun is plural.

The dictionary is lemminflect's. Only words that it holds are inflected: for others it would guess, and a wrong form
is worse than the form of the source. Sentences are not known here.
"""

from __future__ import annotations

from functools import cache

from lemminflect import getAllLemmas, getInflection  # type: ignore[import-untyped]

_PLURALS = frozenset("people children women men youth police media criteria data personnel others those".split())
_PAST_OF_OTHERS = {"felt": "feel", "found": "find", "left": "leave", "bore": "bear", "fell": "fall", "lay": "lie"}
_FUNCTION_WORDS = frozenset("the a an such each every all both any this that these those in on for with".split())
_MODALS = frozenset("would should could might must ought".split())
_ALSO_ADJECTIVES = frozenset(
    "complete direct draft open secure welcome free further separate counter correct clear".split()
)
_NOT_VERBS = frozenset(
    "need good technical national regional international efficient effective such those while like even given but as in"
    " no other following that further better one two well still second can will may must shall should over drug crime"
    " fear police".split()
)


@cache
def verb_bases(word: str) -> tuple[str, ...]:
    """Return the verbs that a word may be a form of; empty when the dictionary knows none."""
    if not word.isascii() or not word.isalpha():
        return ()
    return tuple(getAllLemmas(word.lower(), "VERB").get("VERB", ()))


def is_base(word: str) -> bool:
    """Tell whether a word can be the base form of a verb ("strengthen")."""
    low = word.lower()
    if low not in verb_bases(word) or low in _NOT_VERBS:
        return False
    return low in _ALSO_ADJECTIVES or not {"ADJ", "ADV"} & set(getAllLemmas(low))


@cache
def is_noun(word: str) -> bool:
    """Tell whether a word can be a noun in the singular or plural."""
    return word.isascii() and word.isalpha() and bool(getAllLemmas(word.lower(), "NOUN").get("NOUN"))


@cache
def past_base(word: str) -> str:
    """Return the base of a past tense ("incorporated" → "incorporate"); empty for any other form."""
    word = word.lower()
    if word in _MODALS:
        return ""
    if word in _PAST_OF_OTHERS:
        return _PAST_OF_OTHERS[word]
    return next((base for base in verb_bases(word) if base != word and word in getInflection(base, "VBD")), "")


@cache
def only_past(word: str) -> bool:
    """Tell whether a form is a past tense and cannot be a participle ("undertook")."""
    base = past_base(word)
    return bool(base) and not word.endswith("ed") and word.lower() not in getInflection(base, "VBN")


@cache
def gerund_base(word: str) -> str:
    """Return the base of a gerund ("strengthening" → "strengthen"); empty for any other form."""
    word = word.lower()
    if not word.endswith("ing"):
        return ""
    return next((base for base in verb_bases(word) if base != word and word in getInflection(base, "VBG")), "")


@cache
def third_person(base: str) -> str:
    """Return the third person singular of a verb, given its base."""
    fixed = {"be": "is", "have": "has", "can": "can", "may": "may"}
    return fixed.get(base) or str((getInflection(base, "VBZ") or (base + "s",))[0])


@cache
def past(base: str) -> str:
    """Return the past tense of a verb, given its base."""
    return str((getInflection(base, "VBD") or (base + "ed",))[0])


@cache
def gerund(base: str) -> str:
    """Return the present participle of a verb, given its base."""
    return str((getInflection(base, "VBG") or (base + "ing",))[0])


@cache
def is_plural(word: str) -> bool:
    """Tell whether a noun is plural ("States", "children")."""
    word = word.lower().removesuffix("’").removesuffix("'")
    if word in _PLURALS:
        return True
    return word.endswith("s") and any(lemma != word for lemma in getAllLemmas(word, "NOUN").get("NOUN", ()))


@cache
def is_known(word: str) -> bool:
    """Tell whether the dictionary has a word, in small letters, as a word of the language and not a name."""
    low = word.lower()
    return low in _FUNCTION_WORDS or (low.isascii() and low.isalpha() and bool(getAllLemmas(low)))


@cache
def family(word: str) -> frozenset[str]:
    """Return the words that a word may be a form of, whatever its part of speech, itself among them."""
    word = word.lower()
    found = {word}
    if word.isascii() and word.isalpha():
        found.update(lemma for lemmas in getAllLemmas(word).values() for lemma in lemmas)
    return frozenset(found)
