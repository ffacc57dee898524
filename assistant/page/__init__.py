"""The page: a conversation on the left, the quoted passage on the right, both in the browser.

Gradio looks up hosts of its makers at import unless it is told not to, and makes a table of its
last ten thousand events with pandas after each of them. So these lines have to run before any
module of this package imports it.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000"  # events until the next table
