"""What the page shows: a conversation, in its language, as changes of components."""

from datetime import date
from typing import Any

import gradio as gr

from assistant.page import frame
from assistant.page.conversation import Conversation
from assistant.page.layout import Layout
from assistant.page.rendering import render_conversation
from assistant.warmup import Warmup
from assistant.wording.texts import WORDS
from assistant.wording.words import Words

Changes = dict[Any, Any]  # component → its new value or `gr.update`


class View:
    """Makes of a conversation what changes on the page."""

    def __init__(self, layout: Layout, warmup: Warmup) -> None:
        self._layout = layout
        self._warmup = warmup

    def growing(self, conversation: Conversation) -> Changes:
        """Show the turns alone, because one of them grows."""
        words = WORDS[conversation.language]
        return {self._layout.conversation: render_conversation(conversation, words, date.today())}

    def shown(self, conversation: Conversation) -> Changes:
        """Show the turns and the buttons that go with them."""
        layout, words = self._layout, WORDS[conversation.language]
        is_empty, is_running = not conversation.turns, conversation.is_running
        can_change = not is_empty and not is_running
        return self.growing(conversation) | {
            layout.welcome: frame.render_welcome(words) if is_empty else "",
            layout.examples: gr.update(visible=is_empty),
            layout.entry.send: gr.update(visible=not is_running),
            layout.entry.stop: gr.update(visible=is_running, value=words.stop),
            layout.entry.retry: gr.update(visible=can_change, value=words.retry),
            layout.entry.clear: gr.update(visible=can_change, value=words.clear),
        }

    def headed(self, conversation: Conversation) -> Changes:
        """Show the header."""
        words = WORDS[conversation.language]
        return {self._layout.head: frame.render_head(words, has_session=conversation.has_session)}

    def in_its_language(self, conversation: Conversation) -> Changes:
        """Say everything in the language of the conversation."""
        layout, words = self._layout, WORDS[conversation.language]
        return (
            self.shown(conversation)
            | self.headed(conversation)
            | self._relabelled_examples(words)
            | {
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

    def loading(self, conversation: Conversation) -> Changes:
        """Tell how loading goes; the clock stops once that is settled."""
        banner = frame.render_banner(self._warmup, WORDS[conversation.language])
        is_loading = self._warmup.status == "loading"
        return {self._layout.banner: banner, self._layout.clock: gr.Timer(active=is_loading)}

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
