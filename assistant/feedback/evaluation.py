"""Feedback to what editors work with: lines of a question set, and questions without an answer."""

import json
from collections import Counter
from collections.abc import Sequence

from assistant.feedback.entry import REASONS, Entry

HELPFUL = "hilfreich"


def case_lines(entries: Sequence[Entry]) -> list[str]:
    """Write a line of a question set for each entry that came with its words, without repeats.

    What a right answer must hold is left for an editor to fill in; `doc` names what was cited,
    except where the source was said not to fit.
    """
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.question:
            fits = entry.reason != "Quelle passt nicht"
            case = {
                "id": f"feedback-{entry.id}",
                "kind": entry.kind,
                "lang": entry.language,
                "question": entry.question,
                "must": [],
                "must_not": [],
                "doc": list(entry.names) if fits else [],
                "feedback": entry.reason or HELPFUL,
            }
            seen.setdefault(entry.question, json.dumps(case, ensure_ascii=False))
    return list(seen.values())


def unanswered(entries: Sequence[Entry]) -> list[str]:
    """Return the questions that were refused and came with their words, most frequent first."""
    asked = Counter(one.question for one in entries if one.outcome == "refused" and one.question)
    return [
        f"{question} ({count}-mal)" if count > 1 else question
        for question, count in asked.most_common()
    ]


def overview(entries: Sequence[Entry]) -> str:
    """Count feedback by reason, and how many entries say more than that."""
    counts = Counter(entry.reason or HELPFUL for entry in entries)
    lines = [f"{reason}: {counts[reason]}" for reason in (HELPFUL, *REASONS) if counts[reason]]
    with_text = sum(entry.question is not None for entry in entries)
    refused = sum(entry.outcome == "refused" for entry in entries)
    lines.append(f"davon zu Ablehnungen: {refused}, mit Frage und Antwort: {with_text}")
    return "\n".join(lines)
