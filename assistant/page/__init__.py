"""The page: a conversation on the left, the quoted passage on the right, both in the browser.

Gradio looks up hosts of its makers at import unless it is told not to, so this line has to run
before any module of this package imports it.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
