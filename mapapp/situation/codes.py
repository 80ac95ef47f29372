"""The lists of codes: every value that a `code` column may hold, and what it means to a reader."""

CODES: dict[str, dict[str, str]] = {
    "facility_type": {
        "camp": "camp for displaced people or families",
        "reception_centre": "place that receives people moved out of a camp",
        "prison": "prison or other detention site",
        "youth_centre": "rehabilitation centre for minors",
    },
    "status": {
        "open": "open: works as usual, as far as reported",
        "lockdown": "lockdown: open, movement inside stopped",
        "restricted": "restricted: closed zone, people still inside",
        "emptying": "emptying: residents or inmates leave or are moved",
        "attacked": "attacked: shelled, surrounded or broken into",
        "unguarded": "unguarded: the guards have gone",
        "taken_over": "taken over: it changed hands, whether it works is not reported",
        "closed": "closed or emptied",
    },
    "place_type": {
        "city": "city",
        "town": "town",
        "village": "village",
        "neighbourhood": "quarter of a city",
        "military_site": "base or airfield",
        "infrastructure": "dam, bridge, plant or airport",
        "oil_and_gas": "oil or gas field or plant",
        "border_crossing": "border crossing",
        "landmark": "landmark",
    },
    "bank": {"left": "left bank, looking downstream", "right": "right bank, looking downstream"},
    "event_type": {
        "control": "who holds a place",
        "custody": "who runs or guards a facility",
        "status": "the state of a facility",
        "movement": "people moved, freed or exchanged",
        "security": "fighting, attacks, escapes",
        "political": "talks, agreements, statements",
        "humanitarian": "displacement, access, repatriation",
    },
    "claim_state": {
        "reported": "one or more sources report it",
        "claimed": "said by a party to the conflict",
        "corroborated": "independent sources agree",
        "confirmed": "agreed by both sides or by many independent sources",
        "refuted": "contradicted by better sources",
    },
    "time_precision": {"1": "the day is known", "2": "give or take a few days", "3": "the month or year only"},
    "geo_precision": {
        "1": "a published point",
        "2": "near: within geo_radius_km",
        "3": "only the town or area is known",
    },
    "qualifier": {
        "exact": "a precise number as published",
        "about": "about",
        "more_than": "more than",
        "up_to": "up to",
        "estimate": "an estimate",
        "range": "between low and high",
    },
    "unit": {"persons": "persons", "families": "families", "other": "something else, named in `quantity`"},
    "reliability": {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    },
    "credibility": {
        "1": "confirmed by others",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "cannot be judged",
    },
    "confidence": {"high": "high", "medium": "medium", "low": "low"},
    "tlp": {
        "CLEAR": "may be shared with anyone",
        "GREEN": "may be shared within the community",
        "AMBER": "may be shared within the organisation and its clients",
        "AMBER+STRICT": "may be shared within the organisation",
        "RED": "for the named recipients only",
    },
}
"""Every list of codes: code -> what it means."""

AUDIENCES = tuple(CODES["tlp"])
"""Sharing levels (TLP 2.0), from what anyone may see to what only named recipients may see."""
