"""The source view: a passage with the quoted words marked, its page as a picture, its origin.

It is served twice: as a part that opens beside the conversation (`/quelle/…`) and as a page of its
own with a stable address (`/stelle/…`), which other places link to by `mark.passage_link`.
"""
