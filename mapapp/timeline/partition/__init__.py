"""The engine of the space-time composite: dated layers in, the partition of the ground by its history out.

The composite (Langran & Chrisman 1988) is the coarsest partition of which every map of every day is a union of parts.
Layers are entered one map at a time (`ledger`); at the end all borders of all days are noded once (`noding`), each face
between them is told from its neighbour by the days on which a border runs between the two (`faces`, `history`), and
faces of one history become one unit (`units`).
"""

from mapapp.timeline.partition.ledger import ALWAYS, FOREVER
from mapapp.timeline.partition.overlap import Overlap
from mapapp.timeline.partition.partition import GRID, Partition, Parts

__all__ = ["ALWAYS", "FOREVER", "GRID", "Overlap", "Partition", "Parts"]
