"""The errors a caller can meet. Every message is safe to show to a user as it stands.

    MapappError                something the program cannot go on with
    ├── SituationError         the folder cannot be opened as a situation at all
    ├── AskedWrongly           an argument that makes no sense (a bad date, an unknown command option)
    └── NotFound               an id, a file or a day that is not there

A *record* that is wrong is not an error: it comes back as a `Problem` (see `mapapp.situation.problem`), and the rest
loads.
"""


class MapappError(Exception):
    """Something the program cannot go on with, said in words a user can act on."""


class SituationError(MapappError):
    """The folder cannot be opened as a situation: it is missing, or its `situation.toml` is missing or unreadable."""


class AskedWrongly(MapappError):
    """An argument that makes no sense, such as a date that is not a date."""


class NotFound(MapappError):
    """An id, a file or a day that is not there."""
