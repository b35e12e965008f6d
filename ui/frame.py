"""The frame around the screens: title, navigation, and the few rules of style that concern the whole page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

_HERE = Path(__file__).parent

st.set_page_config(page_title="Rapporteur", page_icon="📜", layout="wide")
for name in ("frame", "backed", "drafts_pages", "incoming_page"):
    st.html(f"<style>{(_HERE / 'frontend' / f'{name}.css').read_text(encoding='utf-8')}</style>")
st.html('<p class="wordmark">Rapporteur</p>')
# Whoever was given a link for reading is shown the draft, and no way into the others.
is_for_reading = urlsplit(st.context.url or "").path.rstrip("/").endswith("/read")
st.navigation(
    [
        st.Page(_HERE / "desk.py", title="Drafting desk", icon=":material/edit_document:", default=True),
        st.Page(_HERE / "drafts.py", title="Drafts", icon=":material/folder_open:", url_path="drafts"),
        st.Page(_HERE / "backed.py", title="Who backed it", icon=":material/how_to_reg:", url_path="backed"),
        st.Page(_HERE / "library.py", title="Library", icon=":material/library_books:", url_path="library"),
        st.Page(_HERE / "versions.py", title="Versions", url_path="versions", visibility="hidden"),
        st.Page(_HERE / "incoming.py", title="Word file back in", url_path="import", visibility="hidden"),
        st.Page(_HERE / "read.py", title="Draft", url_path="read", visibility="hidden"),
    ],
    position="hidden" if is_for_reading else "top",
).run()
