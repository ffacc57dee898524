"""What happens when someone asks, stops, retries, clears or changes the language."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import gradio as gr

from assistant.page import frame
from assistant.page.conversation import Conversation, Stage
from assistant.page.layout import Layout
from assistant.page.rendering import render_alert, render_conversation
from assistant.page.shell import visit
from assistant.page.visitor import assistant_of
from assistant.vermerk.sealing import Seal
from assistant.warmup import Warmup
from assistant.wording.texts import WORDS
from assistant.wording.words import MAX_QUESTION, Words
from corpus.errors import UserFacingError

log = logging.getLogger(__name__)

MAX_CHOSEN = 500  # documents
Changes = dict[Any, Any]  # component → its new value or `gr.update`


class Events:
    """The handlers; each gets the visitor's conversation and returns what changes on the page."""

    def __init__(self, layout: Layout, warmup: Warmup, seal: Seal) -> None:
        self._layout = layout
        self._warmup = warmup
        self._seal = seal

    def ask(
        self, typed: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[Changes]:
        """Answer what was typed, an example, or the last question once more."""
        words = WORDS[conversation.language]
        question, field = self._question(typed, conversation, words, event)
        if conversation.is_answering(question):
            return  # Enter was pressed twice
        problem = _problem_with(question, words)
        if problem:
            yield {self._layout.entry.alert: render_alert(problem, "", words)}
            return
        stage: Stage = "waiting" if self._warmup.status == "loading" else "searching"
        run = conversation.begin(question, stage=stage)
        yield self._shown(conversation) | {
            self._layout.entry.question: field,
            self._layout.entry.alert: "",
        }
        try:
            yield from self._answer(question, conversation, run, request)
        except UserFacingError as error:
            alert = render_alert(error.message, error.hint, words, german_only=True)
            yield from self._given_back(question, conversation, run, alert)
        except Exception:  # a person must not be left with a page that never answers
            log.exception("A question could not be answered")
            alert = render_alert(words.defect, words.defect_hint, words)
            yield from self._given_back(question, conversation, run, alert)

    def stop(self, conversation: Conversation) -> Changes:
        """End the running answer and keep what is there."""
        conversation.stop()
        return self._shown(conversation)

    def clear(self, conversation: Conversation) -> Changes:
        """Forget the conversation."""
        conversation.clear()
        words = WORDS[conversation.language]
        return self._shown(conversation) | {
            self._layout.entry.alert: "",
            self._layout.entry.choice: frame.render_choice(conversation.chosen, words),
        }

    def open(self, conversation: Conversation, request: gr.Request) -> Changes:
        """Speak the language that address or browser ask for, and tell how loading goes."""
        if request.request is not None:
            reader = visit(request.request)
            conversation.language, conversation.has_session = reader.language, reader.has_session
        return self._in_its_language(conversation) | self.watch(conversation)

    def change_language(self, conversation: Conversation) -> Changes:
        """Say everything in the other language; what has been answered stays."""
        conversation.language = "en" if conversation.language == "de" else "de"
        return self._in_its_language(conversation)

    def _in_its_language(self, conversation: Conversation) -> Changes:
        layout, words = self._layout, WORDS[conversation.language]
        return (
            self._shown(conversation)
            | self._relabelled_examples(words)
            | {
                layout.head: frame.render_head(words, has_session=conversation.has_session),
                layout.language: gr.update(value=words.other_language),
                layout.notice: frame.render_notice(words, layout.model, layout.embedding_host),
                layout.banner: frame.render_banner(self._warmup, words),
                layout.entry.alert: "",
                layout.spoken: frame.render_spoken(words),
                layout.foot: frame.render_foot(words),
                layout.entry.question: gr.update(
                    label=words.question_label,
                    placeholder=words.question_placeholder,
                ),
                layout.entry.send: gr.update(value=words.send),
                layout.entry.choice: frame.render_choice(conversation.chosen, words),
                layout.entry.hint: frame.render_hint(words),
            }
        )

    def choose(self, ids: str, conversation: Conversation, request: gr.Request) -> Changes:
        """Keep to the documents whose ids the dialog wrote; none means all."""
        wanted = set(ids.split()[:MAX_CHOSEN])
        documents = assistant_of(request, self._warmup).index.documents if wanted else ()
        conversation.chosen = {
            one.id: one.title or one.name for one in documents if one.id in wanted
        }
        words = WORDS[conversation.language]
        return {self._layout.entry.choice: frame.render_choice(conversation.chosen, words)}

    def watch(self, conversation: Conversation) -> Changes:
        """Tell whether the model is there; the clock stops once that is settled."""
        banner = frame.render_banner(self._warmup, WORDS[conversation.language])
        is_loading = self._warmup.status == "loading"
        return {self._layout.banner: banner, self._layout.clock: gr.Timer(active=is_loading)}

    def _answer(
        self, question: str, conversation: Conversation, run: int, request: gr.Request
    ) -> Iterator[Changes]:
        assistant = assistant_of(request, self._warmup)
        history = conversation.history
        if not conversation.update(run, stage="searching"):
            return
        yield self._growing(conversation)
        answer = None
        for answer in assistant.within(frozenset(conversation.chosen)).ask(question, history):
            if not conversation.update(run, stage="growing", answer=answer):
                return
            yield self._growing(conversation)
        if answer is None:
            raise RuntimeError("the assistant gave no answer")
        sealed = self._seal.close(answer, datetime.now())
        if conversation.update(run, stage="done", answer=answer, sealed=sealed):
            yield self._shown(conversation)

    def _given_back(
        self, question: str, conversation: Conversation, run: int, alert: str
    ) -> Iterator[Changes]:
        """Put the question back into its field, with the reason beside it."""
        if conversation.withdraw(run):
            yield self._shown(conversation) | {
                self._layout.entry.question: question,
                self._layout.entry.alert: alert,
            }

    def _question(
        self, typed: str, conversation: Conversation, words: Words, event: gr.EventData
    ) -> tuple[str, Any]:
        """Return the question that is meant and what remains in the field."""
        # Gradio hands over a copy of the component, so only its name in the page tells which.
        pressed = getattr(event.target, "elem_id", None)
        if pressed == self._layout.entry.retry.elem_id:
            return conversation.take_last_question(), gr.skip()
        texts = [text for group in words.examples.values() for text in group]
        for button, text in zip(self._layout.example_buttons, texts, strict=True):
            if pressed == button.elem_id:
                return text, gr.skip()
        return typed.strip(), ""

    def _growing(self, conversation: Conversation) -> Changes:
        words = WORDS[conversation.language]
        return {self._layout.conversation: render_conversation(conversation, words, date.today())}

    def _shown(self, conversation: Conversation) -> Changes:
        layout, words = self._layout, WORDS[conversation.language]
        is_empty, is_running = not conversation.turns, conversation.is_running
        can_change = not is_empty and not is_running
        return self._growing(conversation) | {
            layout.welcome: frame.render_welcome(words) if is_empty else "",
            layout.examples: gr.update(visible=is_empty),
            layout.entry.send: gr.update(visible=not is_running),
            layout.entry.stop: gr.update(visible=is_running, value=words.stop),
            layout.entry.retry: gr.update(visible=can_change, value=words.retry),
            layout.entry.clear: gr.update(visible=can_change, value=words.clear),
        }

    def _relabelled_examples(self, words: Words) -> Changes:
        changes: Changes = {}
        for group, (name, questions) in zip(
            self._layout.groups, words.examples.items(), strict=True
        ):
            changes[group.heading] = frame.render_group(name)
            changes |= {
                button: gr.update(value=question)
                for button, question in zip(group.buttons, questions, strict=True)
            }
        return changes


def bind_events(
    blocks: gr.Blocks, layout: Layout, warmup: Warmup, seal: Seal, *, concurrency: int
) -> None:
    """Connect the components to their handlers."""
    events = Events(layout, warmup, seal)
    changeable = _changeable(layout)
    running = gr.on(
        [
            layout.entry.send.click,
            layout.entry.question.submit,
            layout.entry.retry.click,
            *(button.click for button in layout.example_buttons),
        ],
        events.ask,
        inputs=[layout.entry.question, layout.session],
        outputs=changeable,
        concurrency_limit=concurrency,
        # The default drops whatever is sent until a stopped run has ended on the server as well.
        trigger_mode="multiple",
        show_progress="hidden",
        api_name="page_ask",  # by default its function's name, which would take `/ask`
        api_visibility="private",
    )

    def at_once(
        trigger: Callable[..., Any],
        handler: Callable[..., Changes],
        cancels: list[Any] | None = None,
    ) -> None:
        trigger(
            handler,
            inputs=[layout.session],
            outputs=changeable,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
            cancels=cancels,
        )

    layout.entry.chosen.change(
        events.choose,
        inputs=[layout.entry.chosen, layout.session],
        outputs=[layout.entry.choice],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    at_once(layout.entry.stop.click, events.stop, cancels=[running])
    at_once(layout.entry.clear.click, events.clear, cancels=[running])
    at_once(layout.language.click, events.change_language)
    at_once(layout.clock.tick, events.watch)
    at_once(blocks.load, events.open)


def _changeable(layout: Layout) -> list[Any]:
    return [
        layout.head,
        layout.language,
        layout.notice,
        layout.banner,
        layout.welcome,
        layout.examples,
        layout.conversation,
        layout.entry.alert,
        layout.entry.question,
        layout.entry.send,
        layout.entry.stop,
        layout.entry.hint,
        layout.entry.choice,
        layout.entry.retry,
        layout.entry.clear,
        layout.spoken,
        layout.foot,
        layout.clock,
        *(group.heading for group in layout.groups),
        *layout.example_buttons,
    ]


def _problem_with(question: str, words: Words) -> str:
    if not question.strip():
        return words.empty
    if len(question) > MAX_QUESTION:
        return words.too_long.format(count=f"{len(question):,}".replace(",", "."))
    return ""
