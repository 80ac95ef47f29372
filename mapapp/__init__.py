"""A map of camps and prisons, and who held the ground around them, day by day.

The rooms, in the order in which they may import one another:

    errors      what can go wrong
    situation   what is on record: a folder, read and checked
    timeline    what held when: spans, the space-time composite, custody, the status board
    replay      a page that replays it
    app, cli    the edges: what a person opens
"""

__version__ = "0.1.0"
