import html

import pytest
from scripted_assistant import HOSTILE

from assistant.page.escaping import escape, escape_message


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "a & b < c > d \" e ' f", "100 % %%%LATEX_BLOCK_0%%%", "eins\n\nzwei", "„Größe“ €"],
)
def test_escaped_text_reads_as_before_and_holds_nothing_active(text):
    escaped = escape(text)
    assert html.unescape(escaped) == text
    assert not set("<>\"'%\n\r") & set(escaped)


def test_line_ends_become_one_kind_and_invisible_characters_go():
    assert html.unescape(escape("a\r\nb\rc\u2028d\u0085e\x0bf")) == "a\nb\nc\nd\ne\nf"
    assert escape("a\x00b\x1b[31mc\u202ed\u2066e") == "ab[31mcde"


def test_identifiers_in_messages_become_code_and_stay_escaped():
    assert escape_message("Der Befehl `ingest <b>` hilft.") == (
        "Der Befehl <code>ingest &lt;b&gt;</code> hilft."
    )
