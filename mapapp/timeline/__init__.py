"""What held when: pure functions from tables to tables."""
