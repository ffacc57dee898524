"""An answer as the browser carries it: packed, signed by this server, and proven when it returns.

The server keeps no conversation. So the page carries each answer in a form that nobody can change
unnoticed, and hands it back for the note. Its quotes are looked up again in any case.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import zlib
from datetime import datetime

from assistant.answers import Answer
from assistant.vermerk.proving import FindPassage
from assistant.vermerk.record import Dated, from_record, to_record
from corpus.errors import UserFacingError

LONGEST_SEALED = 200_000  # characters


class UnknownAnswer(UserFacingError):
    """What came back was not sealed by this server since it was started."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Antwort lässt sich nicht als Vermerk speichern.",
            hint="Sie stammt aus der Zeit vor einem Neustart: bitte die Frage noch einmal stellen.",
        )


class Seal:
    """Packs and opens answers with a key that lives as long as the process."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def close(self, answer: Answer, at: datetime) -> str:
        """Pack an answer into one line of letters, digits, "-", "_" and "."."""
        packed = zlib.compress(json.dumps(to_record(answer, at)).encode())
        return f"{base64.urlsafe_b64encode(packed).decode()}.{self._signature(packed)}"

    def open(self, sealed: str, find: FindPassage) -> Dated:
        """Unpack an answer with the quotes that still hold; raise `UnknownAnswer` for any other."""
        body, _, signature = sealed.partition(".")
        try:
            packed = base64.urlsafe_b64decode(body.encode("ascii"))
        except (binascii.Error, UnicodeEncodeError) as error:
            raise UnknownAnswer from error
        if len(sealed) > LONGEST_SEALED or not hmac.compare_digest(
            signature.encode(), self._signature(packed).encode()
        ):
            raise UnknownAnswer
        return from_record(json.loads(zlib.decompress(packed)), find)

    def _signature(self, packed: bytes) -> str:
        return hmac.new(self._key, packed, hashlib.sha256).hexdigest()
