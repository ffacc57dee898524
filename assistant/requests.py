"""Requests in everyday words to the question they stand for: "Zähl mir alle Büros auf"."""

import re

_PLEASE = (
    r"(?:(?:bitte|mal|kannst du|könnt ihr|können sie|könntest du|könnten sie|please|"
    r"can you|could you)\s+)*"
)
_NAME = r"(?:nenne?n?|zähle?n?|zaehle?n?|liste?n?|gib|zeige?n?|sage?|list|name|show|give|tell)"
_ME = r"(?:\s+(?:sie|mir|uns|me|us|bitte|mal|doch|please))*"
_ALL = (
    r"\s+(?:alle[rn]?|sämtliche[rn]?|saemtliche[rn]?|all(?:\s+of)?|every|"
    r"(?:eine|die|a|the)\s+(?:liste|list|übersicht|aufzählung)\s+(?:aller|der|von|über|of)(?:\s+all)?)"
    r"(?:\s+(?:die|der|den|the))?"
)
_REQUEST = re.compile(
    rf"^{_PLEASE}(?:{_NAME}{_ME}{_ALL}|(?:liste|list) (?:aller|der|of(?: all)?)(?: the)?)\s+"
    r"(.+?)(?:\s+(?:auf|an))?[\s.!?]*$",
    re.IGNORECASE,
)
_COULD_YOU = re.compile(
    r"^(?:kannst|könnt|könntest|können)\s+(?:du|ihr|sie)\s+(?:(?:mir|uns|bitte|mal)\s+)*"
    r"(?:alle|sämtliche)\s+(.+?)\s+(?:auflisten|aufzählen|nennen|zeigen|sagen)[\s.!?]*$",
    re.IGNORECASE,
)
_WHAT_ALL = re.compile(
    r"^was\s+(?:gibt\s?['’]?e?s|für)\s+(?:da\s+)?(?:alles\s+)?(?:so\s+)?(?:an\s+|für\s+)?(\S+?)"
    r"(?:\s+gibt\s?['’]?e?s)?(?:\s+(?:denn|so|alles|da))*\s*\?*$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\b(?:all|every|list of|list|show|name|give|the|me)\b", re.IGNORECASE)
_GERMAN = re.compile(r"\b(?:alle[rn]?|sämtliche|mir|uns|auf|der|die)\b", re.IGNORECASE)
# In percent, what a programme gives is its rate.
_PERCENT = re.compile(
    r"\bwie\s?viele?\s+prozent\s+(?:gibt es|(?:krieg|bekomm|erh[aä]l)\w*\s+(?:wir|man))",
    re.IGNORECASE,
)
_THERE_IS = re.compile(r"\bgibt['’]?s\b", re.IGNORECASE)


def as_question(text: str) -> str:
    """Turn a request for a list into the question which there are; other questions stay.

    "gibts" is written out, and how many percent there are asks for the rate, in any question.
    """
    text = _PERCENT.sub("Wie hoch ist die Förderquote", _THERE_IS.sub("gibt es", text))
    request = _COULD_YOU.match(text) or _REQUEST.match(text) or _WHAT_ALL.match(text)
    if request is None:
        return text
    is_english = len(_ENGLISH.findall(text)) > len(_GERMAN.findall(text))
    return f"Which {request[1]} are there?" if is_english else f"Welche {request[1]} gibt es?"
