"""Whether a text is an e-mail, or a web page saved in the form of one."""

import re

_HEADER = re.compile(r"([A-Za-z][A-Za-z-]*):[ \t]?")
_CONTINUED = re.compile(r"[ \t]+\S")
_KNOWN = frozenset(
    "from to cc subject date received message-id mime-version return-path delivered-to "
    "content-type reply-to x-mailer sender".split()
)
_FEWEST = 3  # known headers; a form with "Date:" and "Subject:" alone is no mail
_MOST_LINES = 200


def is_mail(text: str) -> bool:
    """Tell by the header block, which begins with the first line (RFC 5322)."""
    found: set[str] = set()
    for line in text[:20_000].split("\n")[:_MOST_LINES]:
        stripped = line.rstrip("\r")
        if not stripped:
            break
        header = _HEADER.match(stripped)
        if header:
            found.add(header[1].lower())
        elif not (found and _CONTINUED.match(stripped)):
            return False
    return len(found & _KNOWN) >= _FEWEST and bool(found & {"from", "received", "message-id"})


def is_mailbox(text: str) -> bool:
    """Whether messages follow each other in one file, each after a line "From …"."""
    first, _, rest = text.partition("\n")
    return first.startswith("From ") and is_mail(rest)
