"""Evaluation results to a Markdown report: the metrics, and every miss with what was quoted."""

from collections.abc import Sequence

from assistant.evaluation import Metrics, Result

_HEAD = "| Art | Fragen | richtig | belegt | abgelehnt | Zitate | Treffer unter 5 | MRR | ms |"
_LINE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
_OUTCOMES = {"answered": "beantwortet", "partial": "teilweise beantwortet", "refused": "abgelehnt"}


def overview(rows: Sequence[Metrics]) -> str:
    """Write the metrics as a table for the command line."""
    head = (
        f"{'Art':<20}{'Fragen':>7}{'richtig':>9}{'belegt':>8}{'abgelehnt':>11}{'Zitate':>8}"
        f"{'unter 5':>9}{'MRR':>6}{'ms':>6}"
    )
    lines = [
        f"{row.kind:<20}{row.questions:>7}{row.right:>9.1%}{row.cited:>8.1%}"
        f"{row.refused:>11.1%}{row.units:>8.2f}"
        f"{row.recall_5:>9.1%}{row.mrr:>6.2f}{row.seconds * 1000:>6.0f}"
        for row in rows
    ]
    return "\n".join([head, *lines])


def report(results: Sequence[Result], rows: Sequence[Metrics]) -> str:
    """Write the report; an editor sees at each miss what was expected and what was quoted."""
    table = "\n".join([_HEAD, _LINE, *map(_row, rows)])
    misses = [result for result in results if not result.is_right]
    parts = [
        "# Auswertung",
        table,
        f"## Nicht richtig: {len(misses)} von {len(results)}",
        *map(_miss, misses),
    ]
    return "\n\n".join(parts) + "\n"


def _row(row: Metrics) -> str:
    shares = (row.right, row.cited, row.refused)
    return (
        f"| {row.kind} | {row.questions} | "
        + " | ".join(f"{share:.1%}" for share in shares)
        + f" | {row.units:.2f} | {row.recall_5:.1%} | {row.mrr:.2f} | {row.seconds * 1000:.0f} |"
    )


def _miss(result: Result) -> str:
    case, answer = result.case, result.answer
    expected = "; ".join(" oder ".join(group) for group in case.must) or "eine Ablehnung"
    lines = [
        f"### {_inline(case.id)}: {_inline(case.question)}",
        f"- erwartet: {_inline(expected)} aus {_inline(', '.join(case.doc) or 'keinem Dokument')}",
        f"- Antwort: {_OUTCOMES[answer.outcome]}",
    ]
    for citation in answer.citations:
        name = citation.passage.document_name
        lines.append(f"- Zitat {citation.number} ({_inline(name)}): {_inline(citation.quote)}")
    return "\n".join(lines)


def _inline(text: str) -> str:
    """Put a text of a document or a question file on one line, as code: it is data."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"
