"""Where everything stands on the page: the Gradio components, their order and their names."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answers import LanguageModel
from assistant.page import frame
from assistant.page.conversation import Conversation
from assistant.wording.texts import GERMAN
from assistant.wording.words import Words

TITLE = "Bildungslotse"
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Ubuntu", "sans-serif")


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """The example questions for one kind of user."""

    heading: gr.Markdown
    buttons: tuple[gr.Button, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The field for the question and what stands around it."""

    alert: gr.Markdown
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    hint: gr.Markdown
    choice: gr.Markdown
    chosen: gr.Textbox
    retry: gr.Button
    clear: gr.Button


@dataclass(frozen=True, slots=True)
class Layout:
    """The components that events read and change."""

    model: LanguageModel | None
    embedding_host: str
    session: gr.State
    head: gr.Markdown
    language: gr.Button
    notice: gr.Markdown
    banner: gr.Markdown
    welcome: gr.Markdown
    examples: gr.Column
    groups: tuple[ExampleGroup, ...]
    conversation: gr.Markdown
    entry: Entry
    spoken: gr.Markdown
    foot: gr.Markdown
    clock: gr.Timer

    @property
    def example_buttons(self) -> list[gr.Button]:
        """All example questions, in the order of the page."""
        return [button for group in self.groups for button in group.buttons]

    @property
    def turning(self) -> list[Any]:
        """What questions change: Gradio makes each of these anew at every step."""
        return [
            self.welcome,
            self.examples,
            self.conversation,
            self.entry.alert,
            self.entry.question,
            self.entry.send,
            self.entry.stop,
            self.entry.choice,
            self.entry.retry,
            self.entry.clear,
        ]

    @property
    def everything(self) -> list[Any]:
        """What another language changes."""
        return [
            *self.turning,
            self.head,
            self.language,
            self.notice,
            self.banner,
            self.entry.hint,
            self.spoken,
            self.foot,
            self.clock,
            *(group.heading for group in self.groups),
            *self.example_buttons,
        ]


def build_layout(model: LanguageModel | None = None, embedding_host: str = "") -> Layout:
    """Create the components in the order in which they are read aloud.

    The notice names the language model that words answers, if there is one, and the machine that
    questions are sent to in order to find passages.
    """
    words = GERMAN
    session = gr.State(Conversation())
    clock = gr.Timer(1.0, active=False)
    with gr.Row(elem_id="kopfzeile"):
        head = _html(frame.render_head(words), elem_id="kopf", is_ours=True)
        language = gr.Button(words.other_language, elem_id="sprache", size="sm", scale=0)
    notice = _html(frame.render_notice(words, model, embedding_host), elem_id="ki")
    banner_part = _html("", elem_id="stand")
    with gr.Row(elem_id="flaeche"):
        with gr.Column(elem_id="gespraech"):
            welcome = _html(frame.render_welcome(words), elem_id="willkommen")
            examples, groups = _examples(words)
            conversation = _html("", elem_id="verlauf")
            entry = _entry(words)
        with gr.Column(elem_id="rand"):
            spoken = _html(frame.render_spoken(words), elem_id="quellenrahmen")
    foot = _html(frame.render_foot(words), elem_id="fuss", is_ours=True)
    return Layout(
        model=model,
        embedding_host=embedding_host,
        session=session,
        head=head,
        language=language,
        notice=notice,
        banner=banner_part,
        welcome=welcome,
        examples=examples,
        groups=groups,
        conversation=conversation,
        entry=entry,
        spoken=spoken,
        foot=foot,
        clock=clock,
    )


def theme() -> gr.themes.Base:
    """Return a plain theme in system fonts; the style sheets do the rest.

    The two colours are those of the page before its style sheet is there.
    """
    return gr.themes.Base(
        font=list(_SYSTEM_FONTS), font_mono=["ui-monospace", "Consolas", "monospace"]
    ).set(
        body_background_fill="#f6f4ef",
        body_background_fill_dark="#12181c",
        body_text_color="#1d262c",
        body_text_color_dark="#e6ebee",
    )


def _html(value: str, *, elem_id: str, is_ours: bool = False) -> gr.Markdown:
    """Return a component for our own HTML.

    `gr.HTML` builds functions out of strings, which the content security policy forbids, and
    inserts what it gets; `gr.Markdown` sanitises it once more in the browser. That would take
    `aria-current` from the header and open its links in new tabs, so what holds nothing but our
    own words (`is_ours`) goes in as it is.
    """
    return gr.Markdown(value, elem_id=elem_id, sanitize_html=not is_ours, latex_delimiters=[])


def _examples(words: Words) -> tuple[gr.Column, tuple[ExampleGroup, ...]]:
    groups: list[ExampleGroup] = []
    with gr.Column(elem_id="beispiele") as column, gr.Row(elem_id="beispielreihe"):
        for name, questions in words.examples.items():
            with gr.Column(elem_classes="beispielgruppe", min_width=0):
                heading = _html(frame.render_group(name), elem_id=f"gruppe-{len(groups) + 1}")
                buttons = tuple(
                    gr.Button(
                        text,
                        elem_id=f"beispiel-{len(groups) + 1}-{number}",
                        elem_classes="beispiel",
                    )
                    for number, text in enumerate(questions, start=1)
                )
            groups.append(ExampleGroup(heading, buttons))
    return column, tuple(groups)


def _entry(words: Words) -> Entry:
    with gr.Column(elem_id="eingabe"):
        alert = _html("", elem_id="meldung")
        with gr.Row(elem_id="feldzeile"):
            question = gr.Textbox(
                label=words.question_label,
                placeholder=words.question_placeholder,
                elem_id="frage",
                lines=1,
                max_lines=8,
                container=True,
            )
            send = gr.Button(words.send, elem_id="senden", variant="primary", scale=0)
            stop = gr.Button(words.stop, elem_id="stopp", variant="stop", scale=0, visible=False)
        choice = _html(frame.render_choice({}, words), elem_id="auswahl")
        # The dialog writes the ids here; a person neither sees nor needs the field.
        chosen = gr.Textbox(elem_id="gewaehlt", container=False, show_label=False)
        with gr.Row(elem_id="werkzeuge"):
            hint = _html(frame.render_hint(words), elem_id="hilfe")
            retry = gr.Button(words.retry, elem_id="wiederholen", size="sm", visible=False)
            clear = gr.Button(words.clear, elem_id="loeschen", size="sm", visible=False)
    return Entry(alert, question, send, stop, hint, choice, chosen, retry, clear)
