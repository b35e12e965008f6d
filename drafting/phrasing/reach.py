"""What points outside the sentence: "States of the region", "such strategies", "the Meeting's consideration".

A declaration speaks for all regions and each of its paragraphs stands alone. Every change here widens or re-anchors
what the source said, so each comes with a flag; what points back and cannot be resolved is named, or makes the
suggestion impossible.
"""

from __future__ import annotations

import re

from drafting.phrasing.inflection import gerund_base, is_plural
from drafting.phrasing.suggestion import Flag, FlagKind
from drafting.phrasing.verbs import BY_PAST

# In order: the first that matches is applied, and the rest see what it left.
_REGIONAL: tuple[tuple[str, str], ...] = (
    (r",? within the region and with other regions\b,?", ", within and among regions,"),
    (r"\b(?:Member )?States (?:of|in|within) the (?:whole )?(?:region|hemisphere)\b", "Member States"),
    (r"\b(?:countries|Governments) (?:of|in|within) the (?:region|hemisphere)\b", "Member States"),
    (r"\bthe region’s |\bthe region's ", ""),
    (
        r"\b(ongoing|existing|relevant|national|recent|various|several|certain) (\w+s) in the region\b",
        r"\1 regional \2",
    ),
    (r"^((?:and |of )?)(\w+s) in the region\b", r"\1regional \2"),
    (r", in the (?:whole )?region,", ""),
    (r",? including (?:with)?in the (?:region|hemisphere)\b", ""),
    (r"\bbe (\w+ed) (?:with)?in the (?:whole )?(?:region|hemisphere)\b", r"be \1"),
    (r"(?<!ed) (?:with)?in (?:the (?:whole )?|other )(?:region|regions|hemisphere)\b", ""),
    (r"(?<=ed) (?:with)?in (?:the (?:whole )?|other )(?:region|regions|hemisphere)\b(?!,|$)", ""),
    (r" confronting the region\b", ""),
)
_REANCHORED = re.compile(r"\bsubmitted for its consideration\b")
_SUCH = re.compile(
    r"\b(?P<such>[Ss]uch|[Tt]hose|[Tt]hat|[Tt]hese|[Tt]his) "
    r"(?P<between>(?:an? )?(?:(?:legal|national|relevant|further|two|three|different|new) )?)"
    r"(?!(?:such|this|that|these|those)\b)(?P<noun>[a-z]+)\b"
)
_REFERENCE = re.compile(r" \((?:[^()]*\bresolution \w+/\d+\b[^()]*|see (?:also )?para[^()]*|rules? \d[^()]*)\)")
_AFTER_PREPOSITION = re.compile(r"\b(?:of|for|with|by|on|to|from|under|within) $")
_MODIFIED = re.compile(r" (?:of|with|for|to|against|on|in|as|that|which|who)\b")
# "of foreign prisoners": up to eight words that neither begin a clause nor point elsewhere, and what ends them.
_BEYOND = (
    r"(?:that|which|who|to|for|and|or|as|was|were|is|are|be|been|had|has|have|should|could|would"
    r"|such|those|these|this|its|their)\b"
)
_COMPLEMENT = re.compile(
    rf"(?:of|with|between|among)(?: (?!{_BEYOND})[\w’-]+){{1,8}}(?=[,;.]|$| (?:and|be|for|to|was|were|should)\b)"
)
_SITUATIONS = frozenset("circumstances situations instances occasions".split())
_NOT_POINTING = frozenset(
    "as that which who the those by with of to in and it they there is are was were way case".split()
)
_STOPS = frozenset(
    "the a an of for to in on by with and or as that which from its their such into among between against the new be"
    " about under through than more when while also it they this that these those have has had be been"
    " providing provide was were is are promoting also not only".split()
)


def _flag(kind: FlagKind, text: str) -> Flag:
    return Flag(kind, text)


def without_region(text: str) -> tuple[str, tuple[Flag, ...]]:
    """Return a text that no longer speaks of one region, with a flag for each change."""
    flags = []
    for pattern, wording in _REGIONAL:
        for found in list(re.finditer(pattern, text)):
            now = found.expand(wording).strip(" ,")
            became = f"became “{now}”" if now else "was left out"
            flags.append(
                _flag(FlagKind.REGION, f"“{found.group().strip(' ,')}” {became}: the scope is wider than cited.")
            )
        text = re.sub(pattern, wording, text)
    named = re.search(r"\bthe (?:whole )?(?:region|hemisphere)\b", text)
    if named:
        flags.append(_flag(FlagKind.REGION, f"“{named.group()}” is the one that the report is of: say which."))
    if _REANCHORED.search(text):
        text = _REANCHORED.sub("of the present Congress", text)
        flags.append(
            _flag(
                FlagKind.REFERS_BACK, "“submitted for its consideration” became “of the present Congress”: confirm it."
            )
        )
    return re.sub(r" {2,}", " ", text).replace(" ,", ",").replace(",,", ",").rstrip(", "), tuple(flags)


def without_references(text: str) -> tuple[str, tuple[Flag, ...]]:
    """Return a text without resolutions, rules and paragraphs in round brackets, which a draft has in its footnotes."""
    flags = [
        Flag(FlagKind.LEFT_OUT, f"“{found.group().strip()}” is left out: it belongs in a footnote.")
        for found in _REFERENCE.finditer(text)
    ]
    return _REFERENCE.sub("", text), tuple(flags)


def anchored(text: str, context: str, before: str = "") -> tuple[str, tuple[Flag, ...]]:
    """Return a text in which "such strategies" says which, as far as the sentences before it do.

    Only the first "such …" is resolved, by the words that stand before the same noun in the context; they come in
    square brackets. Whatever else points back is flagged.

    Args:
        text: Wording without its verb, such as ``such strategies foster …``.
        context: The sentences of the passage that stand before; empty when they are not known.
        before: What stands before the text in its own sentence.
    """
    flags = []
    for found in _SUCH.finditer(text):
        noun = found["noun"]
        if noun in _NOT_POINTING or not _points(found, text):
            continue
        modifiers = _modifiers(noun, context) if found["such"].lower() == "such" else ""
        if _repeats(noun, f"{before} {text[: found.start()]}"):
            continue
        after = "" if _MODIFIED.match(text, found.end()) else _complement(noun, context)
        if found["such"].lower() == "such" and (modifiers or after):
            before_noun, behind = f"[{modifiers}] " * bool(modifiers), f" [{after}]" * bool(after)
            named = f"{found['between']}{before_noun}{noun}{behind}"
            text = f"{text[: found.start()]}{named}{text[found.end() :]}"
            flags.append(
                _flag(FlagKind.REFERS_BACK, f"“{found.group()}”: the words in brackets are from what stands before.")
            )
            break
        flags.append(_flag(FlagKind.REFERS_BACK, f"“{found.group()}” points to what was said before: say which."))
    return text, tuple(flags)


def unresolved(text: str) -> str:
    """Return what points to a situation outside the sentence and cannot be left out, such as "such circumstances"."""
    for found in _SUCH.finditer(text):
        if found["noun"] in _SITUATIONS and found["such"].lower() in {"such", "those", "these"}:
            return found.group()
    return ""


def _points(found: re.Match[str], text: str) -> bool:
    """Tell "such policies" and "that mechanism" from the conjunction "that" and from "such as"."""
    such, noun = found["such"].lower(), found["noun"]
    if found["between"].strip().split(" ")[0] in {"as", "a", "an"} | _NOT_POINTING and such != "such":
        return False
    if found["between"].startswith("as ") or text[found.start() :].startswith(("such as", "Such as")):
        return False
    if such == "this" or (such == "that" and _AFTER_PREPOSITION.search(text[: found.start()])):
        return not found["between"]
    if such == "that":
        return not found["between"] and noun in {"regard", "respect", "area", "purpose", "instrument", "technique"} | {
            "phenomenon", "cooperation", "situation", "end", "context", "mechanism", "field", "initiative",
        }  # fmt: skip
    return is_plural(noun) or such == "such"


def _repeats(noun: str, before: str) -> bool:
    """Tell whether the noun, or a plural or singular of it, was already said in the same sentence."""
    stem = noun.removesuffix("s").removesuffix("ie")
    return any(word.startswith(stem) for word in re.findall(r"[a-z]+", before.lower()))


def _complement(noun: str, context: str) -> str:
    """Return what the noun is of or with in the context: "of foreign prisoners"; empty when that cannot be told."""
    forms = {noun, noun + "s", noun.removesuffix("s")}
    found = None
    for place in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))}) ", context):
        found = _COMPLEMENT.match(context, place.end()) or found
    return found.group().strip() if found else ""


def _modifiers(noun: str, context: str) -> str:
    """Return the words that stand right before a noun in the context, up to an article or preposition."""
    if noun in {"training", "policing"}:
        return ""
    places = list(re.finditer(rf"(?<![\w-])((?:[a-z-]+ )+){noun}\b", context))
    if not places:
        return ""
    words = places[-1].group(1).split()
    kept: list[str] = []
    for word in reversed(words):
        if word in _STOPS or word in BY_PAST or ("-" not in word and gerund_base(word)):
            break
        kept.insert(0, word)
    return " ".join(kept)
