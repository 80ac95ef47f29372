"""What held when: pure functions from tables to tables.

In the order in which they build on one another:

    spans, records, geodesy      days, records as plain values, distances
    claims, cells, zones         who held each place, and the ground that goes with it
    composite, drawn             dated polygons as units, each with its spans (the engine is in `partition`)
    ground, custody              what each facility stands on, its status, operator and guard
    joins, distances, front      events with their ground, distance to another holder's ground
    verification                 the days on which a facility was last seen
    register, told, timeline     everything about a situation, each part worked out once
    reporting, hindsight, then   when each record was known, and what was known of it on an earlier day
    known, lookback, recall      the situation of an earlier day, and its time line, cut from that of all records
    headcount, status, listing   the board of one day
    dossier                      all that is on record about one facility or place
"""
