"""What is on record: a folder of layers, events and sources, read and checked."""
