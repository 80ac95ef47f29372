"""Tables of dated states made into tables of spans: the law of `spans.chained`, asked for many subjects at once."""

from __future__ import annotations

import pandas as pd

from mapapp.timeline.spans import FIRST, LAST, Span, chained, days, numbers, united


def chain(states: pd.DataFrame, key: str, value: str | list[str]) -> pd.DataFrame:
    """Chain the states of each key; columns of ids are united, the others are those of the first state of a span."""
    values = [value] if isinstance(value, str) else value
    told = list(zip(*(states[name].astype(object).where(states[name].notna(), None) for name in values), strict=True))
    first = numbers(states["valid_from"], FIRST)
    last = numbers(states["valid_to"], LAST) if "valid_to" in states else [LAST] * len(states)
    by_subject: dict[str, list[Span]] = {}
    for row, subject in enumerate(states[key]):
        by_subject.setdefault(subject, []).append(Span(told[row], first[row], last[row], (row,)))
    spans = [span for subject in sorted(by_subject) for span in chained(by_subject[subject])]
    table = states.iloc[[span.rests_on[0] for span in spans]].reset_index(drop=True)
    for name in [name for name in table.columns if str(name).endswith("_ids")]:
        ids = states[name].tolist()
        table[name] = pd.Series([united(ids[row] for row in span.rests_on) for span in spans], dtype=object)
    return table.assign(valid_from=days([span.start for span in spans]), valid_to=days([span.end for span in spans]))
