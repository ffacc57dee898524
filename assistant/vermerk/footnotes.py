"""Quotes to numbered footnotes: where each stands, from when it is, in which file."""

from datetime import date

from assistant.answers import Citation
from assistant.links import official_link
from assistant.vermerk.labels import LABELS
from assistant.vermerk.note import Footnote
from assistant.vermerk.plain import plain
from assistant.vermerk.record import Lost
from assistant.vermerk.stock import FindChecksum
from assistant.wording.provenance import source_line
from assistant.wording.words import Words
from corpus.documents import ID_LENGTH


class Footnotes:
    """The footnotes of one note, numbered in the order in which they are asked for first."""

    def __init__(self, words: Words, today: date, checksum: FindChecksum) -> None:
        self._words = words
        self._today = today
        self._checksum = checksum
        self._numbers: dict[object, int] = {}
        self.all: list[Footnote] = []

    def number_of(self, citation: Citation) -> int:
        """Return the number of a quote's footnote; the same quote has the same one throughout."""
        key = (citation.passage.id, citation.start, citation.end)
        return self._number(key, self._text(citation), official_link(citation.passage.source.url))

    def number_of_lost(self, lost: Lost) -> int:
        """Return the number of the footnote that says that a quote is lost."""
        text = LABELS[self._words.language].lost.format(name=lost.name)
        return self._number(lost, text, None)

    def _number(self, key: object, text: str, url: str | None) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.all) + 1
            self.all.append(Footnote(self._numbers[key], plain(text), url))
        return self._numbers[key]

    def _text(self, citation: Citation) -> str:
        passage, labels = citation.passage, LABELS[self._words.language]
        parts = [
            source_line(passage, self._words, self._today),
            f"{labels.section}: {passage.heading}"
            if passage.page_label and passage.heading
            else "",
            f"{labels.publisher}: {passage.source.publisher}" if passage.source.publisher else "",
            f"{labels.file}: {passage.document_name}, {self._fingerprint(passage.document_id)}",
        ]
        return ". ".join(part for part in parts if part) + "."

    def _fingerprint(self, document_id: str) -> str:
        labels = LABELS[self._words.language]
        checksum = self._checksum(document_id)
        if checksum:
            return f"{labels.checksum} {checksum}"
        return f"{labels.checksum} {labels.beginning} {document_id[:ID_LENGTH]}"
