"""Who stands behind an event of Gradio's page."""

from typing import TYPE_CHECKING

import gradio as gr

from assistant.access.gate import identity_of
from assistant.warmup import Warmup

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def assistant_of(request: gr.Request | None, warmup: Warmup) -> "Assistant":
    """Wait for the assistant and return it as the sender of an event may see it.

    Gradio fills in the request by the type of the argument; without one it is nobody's.
    """
    assistant = warmup.wait()
    if request is None or request.request is None:
        return assistant
    return assistant.for_reader(identity_of(request.request).readership)


def place_key(request: gr.Request | None) -> str:
    """Return who waits in line behind an event: the person, at a desk the open page."""
    if request is None or request.request is None:
        return ""
    return identity_of(request.request).name or f" {request.session_hash}"
