"""The Streamlit app: one small module per page.

A page puts up components (`bar`, `frame`, `board`), whose markup, looks and behaviour are files in `web/`. In the
browser the map and the list tell each other at once what the reader looks at; the list alone tells Python, which
answers with the board and the dossier of that view and writes it into the address:

    map  -- moved -->  list  -- view -->  session -> keys (the address)
    map  <-- show --   list  <-- rows, dossier --  board
"""
