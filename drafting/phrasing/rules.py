"""The rules of suggested wording by name: what each does, in one line, and a sentence of the documents it applies to.

`docs/phrasing.md` is made from this table, and a test applies every rule to its example.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    "reported": "“The Meeting noted X” becomes “We note X”: the verb is kept, the person and the tense change.",
    "impersonal report": "“It was noted that X” becomes “We note that X”.",
    "passive report": "“X was noted” becomes “We note X”.",
    "concern was expressed": "“Concern was expressed about X” becomes “We express concern about X”.",
    "States were encouraged": "“States were encouraged to X” becomes “We encourage Member States to X”.",
    "participle and report": "“Recognizing X, the Meeting recommended Y” becomes “We recognize X, and recommend Y”.",
    "should without a report": "“X should Y” becomes “We recommend that X Y”; flagged, as nobody is said to say it.",
    "item": "An item “Do X” becomes “We endeavour to do X”, or “Calls upon Member States to do X”.",
    "item with a lead": "“Building on X, do Y” becomes “Building on X, we endeavour to do Y”.",
    "gerund item": "An item “Doing X” is read as “Do X”.",
    "operative item": "An item that is an operative verb keeps it: “Invite States” becomes “We invite Member States”.",
    "hidden addressee": "“Assist Member States” cannot be a promise of States: the Office is requested, in brackets.",
    "own words": "“We urge X” stays as it is; a resolution has “Urges X”.",
    "operative paragraph": "“Urges X”, from a resolution, becomes “We urge X”; a resolution keeps it.",
    "addressee": "“recommended that States do X” calls upon States, requests the Office, invites others.",
    "be encouraged": "“recommended that States be encouraged to X” becomes “encourage Member States to X”.",
    "noun of action": "“recommended the adoption of X” becomes “call upon Member States to adopt X”.",
    "recommend that": "Without anybody to act, “recommended that X be done” stays “recommend that X be done”.",
    "present tense": "Reported speech goes back into the present: “that X was” becomes “that X is”.",
    "one region": "“in the region” is left out or made general; flagged, since the scope is wider than cited.",
    "references": "“(General Assembly resolution 45/110, annex)” is left out: it belongs in a footnote.",
    "such": "“Such strategies” says which, in brackets, by the words of the sentence before.",
    "full names": "Short names are written out: “UNODC”, “Organized Crime Convention”.",
    "opening words": "“Commenting on X, the Meeting” becomes “With regard to X, we”.",
    "joining words": "“In that regard”, “therefore”, “however” are left out.",
}
"""Name of each rule and what it does."""

IN_SHORT: dict[str, str] = {
    "reported": "“the Meeting noted” → “we note”",
    "impersonal report": "“it was noted” → “we note”",
    "passive report": "“… was noted” → “we note …”",
    "concern was expressed": "“concern was expressed” → “we express concern”",
    "States were encouraged": "“States were encouraged” → “we encourage Member States”",
    "participle and report": "“recognizing …, the Meeting” → “we recognize …, and”",
    "should without a report": "“… should” → “we recommend that …”",
    "item": "“do …” → “we endeavour to do …”",
    "item with a lead": "“building on …, do …” → “building on …, we endeavour to do …”",
    "gerund item": "“doing …” → “do …”",
    "operative item": "“invite States” → “we invite Member States”",
    "hidden addressee": "“assist Member States” → “we request [the Office] to assist”",
    "own words": "“we urge” stays",
    "operative paragraph": "“urges” → “we urge”",
    "addressee": "“recommended that States” → “we call upon Member States to”",
    "be encouraged": "“recommended that States be encouraged” → “we encourage Member States”",
    "noun of action": "“recommended the adoption of” → “we call upon Member States to adopt”",
    "recommend that": "“recommended that … be” → “we recommend that … be”",
    "present tense": "“was” → “is”",
    "one region": "“in the region” made general",
    "references": "references in brackets left out",
    "such": "“such” → what stands before, in brackets",
    "full names": "short names written out",
    "opening words": "“commenting on” → “with regard to”",
    "joining words": "joining words left out",
}
"""Each rule in a few words, for beside a suggestion."""

_STATES = "Member States to"
FRAMES: dict[str, str] = {
    "reported": "we and note take note of recognize express concern consider",
    "impersonal report": "we and note take note of recognize consider",
    "passive report": "we note take note of recognize as well",
    "concern was expressed": "we express concern take note of emphasize",
    "States were encouraged": f"we {_STATES}",
    "participle and report": "we and recognize",
    "should without a report": "we recommend that be",
    "item": f"we endeavour call upon {_STATES}",
    "item with a lead": f"we endeavour call upon {_STATES}",
    "gerund item": f"we endeavour call upon {_STATES}",
    "operative item": "we Member States",
    "hidden addressee": "we request to",
    "own words": "we",
    "operative paragraph": "we",
    "addressee": f"call upon urge request invite {_STATES} and recommend",
    "be encouraged": f"{_STATES}",
    "noun of action": f"call upon urge {_STATES} make",
    "recommend that": "recommend be",
    "present tense": "is are has have can cannot may will do does",
    "one region": "regional within and among regions Member States of the present Congress",
    "references": "",
    "such": "",
    "full names": "the",
    "opening words": "with regard to",
    "joining words": "",
}
"""The fixed words that a rule may put into a suggestion; every other word stems from the source."""
