"""The briefing pack: everything that is handed over about a day and what led to it, in one file."""
