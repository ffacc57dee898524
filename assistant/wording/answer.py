"""What stands above and below an answer, as text: page and file notes say the same."""

from assistant.answers import Answer, Generated
from assistant.wording.texts import WORDS
from assistant.wording.words import Words

_HEADINGS = frozenset(
    heading for words in WORDS.values() for heading in (words.partial, words.refused)
)


def heading_of(answer: Answer, words: Words) -> str:
    """Return the heading that tells an answer from a refusal."""
    return {
        "answered": words.answered,
        "partial": words.partial,
        "refused": words.refused,
    }[answer.outcome]


def text_below_heading(answer: Answer) -> str:
    """Return the text without a first line that only says what the heading says already."""
    first, _, rest = answer.text.partition("\n\n")
    return rest if first.strip().rstrip(".:") in _HEADINGS else answer.text


def origin_of(answer: Answer, words: Words) -> str:
    """Say how an answer came about."""
    if answer.generated:
        return generated_by(answer.generated, words)
    return words.extractive if answer.citations else words.automatic


def generated_by(generated: Generated, words: Words) -> str:
    """Say that a language model wrote this, which one and when."""
    moment = words.moment(generated.at)
    return words.generated_by.format(model=generated.model.name, moment=moment)
