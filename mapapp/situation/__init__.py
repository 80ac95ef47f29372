"""What is on record: a folder of layers, events and sources, read and checked.

From the file to the table, in the order in which they are used:

    schema, codes        what the files hold, as data (guide: as a page to read; symbols: how it is drawn)
    readers              the bytes of a folder, each file once
    csv_rows, features   rows and features as they stand (raw)
    manifest, section    situation.toml
    tables               every cell as its column promises (cells, dates), in a draft of the table
    shapes, crs          every geometry as the standard promises; geometry: as the table needs it
    rules, coordinates,  what values, points, links and zones must agree on
    references, overlaps
    checks               all of these, in order
    frames, basemap      tables and layers for the rest of the program
    situation            a Situation and its Problems (problem, wording, report)
    writers, csv_text    the way back into files
"""
