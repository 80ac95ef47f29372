"""A page that replays the situation day by day."""
