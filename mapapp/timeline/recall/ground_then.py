"""Ground then: the ground that was known otherwise than all records tell of it up to a day."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.custody import GROUND, laid_out, stood_on
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.cut import Mask, Rows


class GroundThen:
    """Ground under zones that were not known or not drawn yet, where drawn zones rest on no records.

    Parameters
    ----------
    situation : Situation
        As known on the day.
    belated : Belated
        Of the day.
    """

    def __init__(self, situation: Situation, belated: Belated) -> None:
        self.situation = situation
        self._belated = belated
        self._common = belated.work.whole.common_ground

    @cached_property
    def units(self) -> Mask:
        """Which units it is."""
        return self._common.otherwise(self.situation)

    @cached_property
    def under(self) -> Mask:
        """Which subjects stand on it."""
        return self._belated.there & self.has(self._belated.work.unit_of)

    def has(self, units: Rows) -> Mask:
        """Say of each of some units whether it is among them; -1 stands for none."""
        return np.asarray(np.append(self.units, False)[units])

    @cached_property
    def held(self) -> Composite:
        """Who held these units when."""
        return self._common.known_by(self.situation, self.units)

    def custody(self) -> pd.DataFrame:
        """Give the spans of the ground of those that stand on it (see `custody.custody`)."""
        facilities = self.situation.facilities.loc[self._belated.work.subjects[self.under]]
        no_events = self._belated.work.all_known.events.table[:0]
        about = replace(self.situation, facilities=facilities, events=no_events)
        return laid_out(stood_on(about, self.held, self._common.terrain), [GROUND], facilities, no_events)
