"""A page that replays the situation: one HTML file, for a browser, a notebook or the app's frame."""

from mapapp.replay.page import html, page, write
from mapapp.replay.payload import payload

__all__ = ["html", "page", "payload", "write"]
