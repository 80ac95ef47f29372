"""The Streamlit app: one small module per page."""
