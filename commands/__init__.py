"""The commands of the command line, one module each; `app.py` registers them."""
