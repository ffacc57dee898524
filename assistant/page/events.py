"""What happens when someone asks, stops, retries, clears or changes the language."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import gradio as gr

from assistant.access.turnstile import Turnstile
from assistant.page import frame
from assistant.page.conversation import Conversation, Stage
from assistant.page.layout import Layout
from assistant.page.rendering import render_alert
from assistant.page.sessions import Holders
from assistant.page.shell import visit
from assistant.page.view import Changes, View
from assistant.page.visitor import assistant_of, place_key
from assistant.vermerk.sealing import Seal
from assistant.warmup import Warmup
from assistant.wording.texts import WORDS
from assistant.wording.words import MAX_QUESTION, Words
from corpus.errors import UserFacingError

log = logging.getLogger(__name__)

MAX_CHOSEN = 500  # documents
STEP = 0.1  # seconds between two looks at a growing answer


class Events:
    """The handlers; each gets the visitor's conversation and returns what changes on the page."""

    def __init__(
        self,
        layout: Layout,
        warmup: Warmup,
        seal: Seal,
        turnstile: Turnstile,
        holders: Holders,
    ) -> None:
        self._layout = layout
        self._warmup = warmup
        self._seal = seal
        self._turnstile = turnstile
        self._holders = holders
        self._view = View(layout, warmup)

    async def ask(
        self, typed: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Changes]:
        """Answer what was typed, an example, or the last question once more."""
        self._holders.require(request)
        words = WORDS[conversation.language]
        question, field = self._question(typed, conversation, words, event)
        if conversation.is_answering(question):
            return  # Enter was pressed twice
        problem = _problem_with(question, words)
        if problem:
            yield {self._layout.entry.alert: render_alert(problem, "", words)}
            return
        stage: Stage = "loading" if self._warmup.status == "loading" else "searching"
        run = conversation.begin(question, stage=stage)
        yield self._view.shown(conversation) | {
            self._layout.entry.question: field,
            self._layout.entry.alert: "",
        }
        try:
            async with aclosing(self._in_turn(question, conversation, run, request)) as steps:
                async for changes in steps:
                    yield changes
            # The browser gets the last step again when this ends, so it must be what holds then:
            # someone may have stopped the answer meanwhile.
            yield self._view.shown(conversation)
            return
        except UserFacingError as error:
            alert = render_alert(error.message, error.hint, words, german_only=True)
        except Exception:  # a person must not be left with a page that never answers
            log.exception("A question could not be answered")
            alert = render_alert(words.defect, words.defect_hint, words)
        if conversation.give_up(run):
            yield self._view.shown(conversation) | {
                self._layout.entry.question: question,
                self._layout.entry.alert: alert,
            }

    def stop(self, conversation: Conversation, request: gr.Request) -> Changes:
        """End the running answer and keep what is there."""
        self._holders.require(request)
        conversation.stop()
        return self._view.shown(conversation)

    def clear(self, conversation: Conversation, request: gr.Request) -> Changes:
        """Forget the conversation."""
        self._holders.require(request)
        conversation.clear()
        words = WORDS[conversation.language]
        return self._view.shown(conversation) | {
            self._layout.entry.alert: "",
            self._layout.entry.choice: frame.render_choice(conversation.chosen, words),
        }

    def open(self, conversation: Conversation, request: gr.Request) -> Changes:
        """Speak the language that address or browser ask for, and tell how loading goes.

        The page is built in German and shown to whoever reads that before this arrives. It may be
        late, and what it said of the conversation would cover what was asked and answered by then.
        """
        self._holders.require(request)
        if request.request is not None:
            reader = visit(request.request)
            conversation.language, conversation.has_session = reader.language, reader.has_session
        if conversation.language == "de":
            return self._view.headed(conversation) | self.watch(conversation)
        return self._view.in_its_language(conversation) | self.watch(conversation)

    def change_language(self, conversation: Conversation, request: gr.Request) -> Changes:
        """Say everything in the other language; what has been answered stays."""
        self._holders.require(request)
        conversation.language = "en" if conversation.language == "de" else "de"
        return self._view.in_its_language(conversation)

    def choose(self, ids: str, conversation: Conversation, request: gr.Request) -> Changes:
        """Keep to the documents whose ids the dialog wrote; none means all."""
        self._holders.require(request)
        wanted = set(ids.split()[:MAX_CHOSEN])
        documents = assistant_of(request, self._warmup).index.documents if wanted else ()
        conversation.chosen = {
            one.id: one.title or one.name for one in documents if one.id in wanted
        }
        words = WORDS[conversation.language]
        return {self._layout.entry.choice: frame.render_choice(conversation.chosen, words)}

    def watch(self, conversation: Conversation) -> Changes:
        """Tell whether the model is there."""
        return self._view.loading(conversation)

    async def _in_turn(
        self, question: str, conversation: Conversation, run: int, request: gr.Request
    ) -> AsyncGenerator[Changes]:
        """Wait for the model and in line, as everybody does, and answer in a thread.

        While it waits it speaks now and then: that is when Gradio notices that nobody listens.
        """
        await self._warmup.settled()
        async with self._turnstile.place(place_key(request)) as place:
            async for standing in place.waiting():
                if not conversation.update(run, stage="queued", standing=standing):
                    return
                yield self._view.growing(conversation)
            if not conversation.update(run, stage="searching"):
                return
            work = partial(self._answer, question, conversation, run, request)
            answering = asyncio.ensure_future(place.run(work))
            async with aclosing(self._growing(answering, conversation, run)) as steps:
                async for changes in steps:
                    yield changes

    async def _growing(
        self, answering: asyncio.Future[None], conversation: Conversation, run: int
    ) -> AsyncGenerator[Changes]:
        """Show now and then how far the answer is, until it is complete or its run is over.

        Each step costs a good part of an answer, and quotes are there as a whole at once.
        """
        shown = None
        try:
            while not (await asyncio.wait({answering}, timeout=STEP))[0]:
                if conversation.run != run:
                    return
                newest = next(reversed(conversation.turns), None)
                if newest is not shown:
                    yield self._view.growing(conversation)
                    shown = newest
            await answering
        finally:
            if not answering.done():  # whoever asked has gone
                answering.cancel()
                conversation.leave(run)

    def _answer(
        self, question: str, conversation: Conversation, run: int, request: gr.Request
    ) -> None:
        """Let the last turn grow until its answer is complete or its run is over."""
        assistant = assistant_of(request, self._warmup).within(frozenset(conversation.chosen))
        answer = None
        for answer in assistant.ask(question, conversation.history):
            if not conversation.update(run, stage="growing", answer=answer):
                return
        if answer is None:
            raise RuntimeError("the assistant gave no answer")
        sealed = self._seal.close(answer, datetime.now())
        kept = replace(answer, hits=())  # they are most of an answer, and nothing shows them
        conversation.update(run, stage="done", answer=kept, sealed=sealed)

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


def bind_events(blocks: gr.Blocks, layout: Layout, events: Events) -> None:
    """Connect the components to their handlers."""
    running = gr.on(
        [
            layout.entry.send.click,
            layout.entry.question.submit,
            layout.entry.retry.click,
            *(button.click for button in layout.example_buttons),
        ],
        events.ask,
        inputs=[layout.entry.question, layout.session],
        outputs=layout.turning,
        concurrency_limit=None,  # people wait in the line of all interfaces, not in Gradio's
        # The default drops whatever is sent until a stopped run has ended on the server as well.
        trigger_mode="multiple",
        show_progress="hidden",
        api_name="page_ask",  # by default its function's name, which would take `/ask`
        api_visibility="private",
    )

    def at_once(
        trigger: Callable[..., Any],
        handler: Callable[..., Changes],
        outputs: list[Any],
        cancels: list[Any] | None = None,
    ) -> None:
        trigger(
            handler,
            inputs=[layout.session],
            outputs=outputs,
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
    at_once(layout.entry.stop.click, events.stop, layout.turning, cancels=[running])
    at_once(layout.entry.clear.click, events.clear, layout.turning, cancels=[running])
    at_once(layout.language.click, events.change_language, layout.everything)
    at_once(layout.clock.tick, events.watch, [layout.banner, layout.clock])
    at_once(blocks.load, events.open, layout.everything)


def _problem_with(question: str, words: Words) -> str:
    if not question.strip():
        return words.empty
    if len(question) > MAX_QUESTION:
        return words.too_long.format(count=f"{len(question):,}".replace(",", "."))
    return ""
