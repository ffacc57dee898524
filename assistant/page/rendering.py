"""A conversation → semantic HTML; everything that is not ours is escaped on the way.

Each turn is one line of HTML with blank lines around it: `gr.Markdown` then hands it on as it is,
through its sanitiser, and leaves the DOM of turns that have not changed alone.
"""

from collections.abc import Sequence
from datetime import date

from assistant.answers import Answer, Citation, Generated, Note, Statement
from assistant.links import official_link
from assistant.page.conversation import Conversation, Turn
from assistant.page.escaping import escape, escape_message
from assistant.page.handling import render_handling, render_saving_all
from assistant.page.prose import NUMBER, render_line, render_text
from assistant.page.quellen.words import DESK_WORDS
from assistant.page.source.addresses import panel_address, place_of
from assistant.page.tables import render_table
from assistant.page.waiting import waiting_words
from assistant.wording.answer import generated_by, heading_of, origin_of, text_below_heading
from assistant.wording.provenance import source_line, title_of, validity_of
from assistant.wording.words import Words


def render_conversation(conversation: Conversation, words: Words, today: date) -> str:
    """Render all turns, oldest first; an empty conversation is an empty string.

    A finished turn is rendered once for a language and a day, however many follow it.
    """
    turns, finished = [], {}
    for turn in conversation.turns:
        key = turn.number, words.language, today
        turns.append(conversation.rendered.get(key) or render_turn(turn, words, today))
        if not turn.is_running:
            finished[key] = turns[-1]
    conversation.rendered = finished
    if sum(bool(turn.sealed) for turn in conversation.turns) > 1:
        turns.append(render_saving_all(words.language))
    return "\n\n".join(turns)


def render_turn(turn: Turn, words: Words, today: date) -> str:
    """Render a question and its answer as one `article`."""
    within = ""
    if turn.within:
        titles = escape(" · ".join(turn.within))
        within = f'<p class="bezug"><span>{escape(words.only_in)}:</span> {titles}</p>'
    return (
        f'<article class="runde" id="runde-{turn.number}"><h2 class="frage">'
        f'<span class="sr-only">{words.asked}: </span>{escape(turn.question)}</h2>{within}'
        f"{_reply(turn, words, today)}</article>"
    )


def render_alert(message: str, hint: str, words: Words, *, german_only: bool = False) -> str:
    """Render a problem so that it is seen and announced at once."""
    lang = ' lang="de"' if german_only else ""
    return (
        f'<div class="meldung" role="alert"><strong>{escape(words.error)}.</strong> '
        f"<span{lang}>{escape_message(message)} {escape_message(hint)}</span></div>"
    )


def plain_text(turn: Turn, words: Words, today: date) -> str:
    """Return an answer with its sources the way it goes into a file note."""
    answer = turn.answer
    if answer is None:
        return ""
    lines = [
        f"{words.asked}: {turn.question}",
        *([f"{words.only_in}: {'; '.join(turn.within)}"] if turn.within else []),
        "",
        f"{heading_of(answer, words)}:",
        text_below_heading(answer),
        *(f"{words.notes[note.kind]}: {note.text}" for note in answer.notes),
    ]
    if answer.citations:
        lines += ["", f"{words.sources}:"]
    for citation in answer.citations:
        lines.append(f"[{citation.number}] {source_line(citation.passage, words, today)}")
        if url := official_link(citation.passage.source.url):
            lines.append(f"    {url}")
    return "\n".join(
        [*lines, "", f"{origin_of(answer, words)} (Bildungslotse, {words.date(today)})"]
    )


def _reply(turn: Turn, words: Words, today: date) -> str:
    if turn.answer is None:
        return _without_answer(turn, words)
    if turn.is_running:
        return (
            f'<div class="antwort laeuft">{_heading(words.answered)}'
            f"{_body(turn.answer, words, is_complete=False)}</div>"
        )
    return _finished(turn, turn.answer, words, today)


def _without_answer(turn: Turn, words: Words) -> str:
    if turn.stage == "stopped":
        return f'<div class="antwort angehalten"><p>{escape(words.stopped)}</p></div>'
    text, spoken = waiting_words(turn, words)
    return (
        f'<div class="antwort sucht"><p class="fortschritt">{escape(text)}</p>'
        f"{_announcement(spoken)}</div>"
    )


def _finished(turn: Turn, answer: Answer, words: Words, today: date) -> str:
    heading = heading_of(answer, words)
    stopped = turn.stage == "stopped"
    return (
        f'<div class="antwort {answer.outcome}">{_heading(heading)}'
        f"{_context(answer, words)}"
        f"{_notes(answer.notes, words)}"
        f"{_body(answer, words)}"
        f"{_sources(answer.citations, words, today)}"
        f"{_stop_notice(words) if stopped else _footer(turn, answer, words, today)}"
        f"{'' if stopped else render_handling(turn, words.language)}"
        f"{_announcement(_spoken(answer, heading, words))}</div>"
    )


def _heading(text: str) -> str:
    return f'<h3 class="ausgang">{escape(text)}</h3>'


def _context(answer: Answer, words: Words) -> str:
    facts = []
    if answer.place:
        facts.append((words.place, answer.place))
    if answer.standalone_question.strip() not in ("", answer.question.strip()):
        facts.append((words.understood_as, answer.standalone_question))
    lines = "".join(
        f'<p class="bezug"><span>{escape(name)}:</span> {escape(value)}</p>'
        for name, value in facts
    )
    change = (
        f'<p class="bezug"><button type="button" class="aendern" '
        f'value="{escape(answer.standalone_question)}">{escape(words.change)}</button></p>'
    )
    return f"{lines}{change}" if facts else ""


def _notes(notes: Sequence[Note], words: Words) -> str:
    return "".join(
        f'<p class="notiz {note.kind}"><strong>{escape(words.notes[note.kind])}:</strong> '
        f"{escape(note.text)}</p>"
        for note in notes
    )


def _body(answer: Answer, words: Words, *, is_complete: bool = True) -> str:
    """Render the text in paragraphs and lists; numbers of citations become buttons.

    A growing answer has none yet. What a language model wrote stands apart from the quotes and
    says so; the script marks it for programs as well.
    """
    chips = {citation.number: _chip(citation, words) for citation in answer.citations}
    if answer.generated is None:
        return _quotes(answer, chips if is_complete else {}, words)
    return (
        f"{_generated(answer.generated, chips, words, is_complete=is_complete)}"
        f'<h4 class="wortlaut">{escape(words.verbatim)}</h4>'
        f"{render_text(answer.generated.quotes, chips)}"
    )


def _quotes(answer: Answer, chips: dict[int, str], words: Words) -> str:
    """Render the quotes, below a table of their facts; a comparison is its table."""
    if answer.table is None:
        return render_text(text_below_heading(answer), chips)
    table = render_table(answer.table, chips, words)
    is_comparison = answer.table.is_comparison
    return table if is_comparison else f"{table}{render_text(text_below_heading(answer), chips)}"


def _generated(
    generated: Generated, chips: dict[int, str], words: Words, *, is_complete: bool
) -> str:
    sentences = " ".join(_statement(one, chips, words) for one in generated.statements)
    if not is_complete and not sentences:
        sentences = f"{escape(words.writing)} …"
    return (
        f'<div class="text erzeugt"><p class="urheber">'
        f"{escape(generated_by(generated, words))}</p><p>{sentences}</p></div>"
    )


def _statement(statement: Statement, chips: dict[int, str], words: Words) -> str:
    if statement.support == "none":
        return (
            f'<span class="unbelegt"><strong>{escape(words.unsupported)}:</strong> '
            f"{escape(statement.text)}</span>"
        )
    numbers = "".join(f" [{number}]" for number in statement.numbers)
    return f"<span>{render_line(statement.text + numbers, chips)}</span>"


def _chip(citation: Citation, words: Words) -> str:
    title = title_of(citation.passage)
    place = f", {citation.passage.locator}" if citation.passage.page_label else ""
    return (
        f'<button type="button" class="beleg" value="{escape(panel_address(citation, words))}" '
        f'title="{escape(title + place)}"><span class="sr-only">{words.source} </span>'
        f'{citation.number}<span class="sr-only"> {words.open_source}</span></button>'
    )


def _sources(citations: Sequence[Citation], words: Words, today: date) -> str:
    if not citations:
        return ""
    items = "".join(f"<li>{_source(citation, words, today)}</li>" for citation in citations)
    return f'<h4>{words.sources}</h4><ol class="belege">{items}</ol>'


def _source(citation: Citation, words: Words, today: date) -> str:
    passage = citation.passage
    validity = validity_of(passage.source, words, today)
    details = [passage.locator]
    if passage.source.as_of:
        details.append(f"{words.as_of} {words.date(passage.source.as_of)}")
    expired = (
        f' <span class="marke">{escape(words.expired_short)}</span>'
        if validity and validity.has_expired
        else ""
    )
    return (
        f'<button type="button" class="quelle" value="{escape(panel_address(citation, words))}">'
        f'<span class="nr"><span class="sr-only">{words.source} </span>{citation.number}</span> '
        f'<span class="was"><span class="titel">{escape(title_of(passage))}</span> '
        f'<span class="wo">{escape(" · ".join(part for part in details if part))}</span>{expired}'
        f"</span></button>{_collecting(citation, words)}"
    )


def _collecting(citation: Citation, words: Words) -> str:
    """Render the button that puts a source on the Merkliste."""
    texts = DESK_WORDS[words.language]
    place = place_of(citation.passage, citation.start, citation.end)
    return (
        f'<button type="button" class="knopf leise merken" value="{escape(place)}">'
        f'<span class="nicht">{escape(texts.collect)}</span>'
        f'<span class="ja">{escape(texts.collected)}</span>'
        f'<span class="sr-only"> {words.source} {citation.number}</span></button>'
    )


def _stop_notice(words: Words) -> str:
    return f'<p class="angehalten">{escape(words.stopped)}</p>'


def _footer(turn: Turn, answer: Answer, words: Words, today: date) -> str:
    copy = words.copy if answer.citations else words.copy_without_sources
    return (
        f'<div class="fuss"><span class="herkunft">{escape(origin_of(answer, words))}</span>'
        f'<button type="button" class="kopieren">{escape(copy)}</button>'
        f'<pre class="kopie" hidden>{escape(plain_text(turn, words, today))}</pre></div>'
    )


def _spoken(answer: Answer, heading: str, words: Words) -> str:
    """Return what a screen reader says once, when the answer is complete."""
    text = f"{heading}. {NUMBER.sub('', text_below_heading(answer))}"
    count = len(answer.citations)
    if not count:
        return text
    sources = words.announce_source if count == 1 else words.announce_sources.format(count=count)
    return f"{text} {sources}"


def _announcement(text: str) -> str:
    return f'<p class="ansage" hidden>{escape(text)}</p>'
