"""What a catalogue says about a document goes before what the document says about itself."""

from dataclasses import fields, replace

from corpus.documents import Source


def stated(source: Source, claims: Source | None) -> Source:
    """Return a source with every field that is claimed; whether it is gone only a claim can say."""
    if claims is None:
        return source
    said = {field.name: value for field in fields(Source) if (value := getattr(claims, field.name))}
    return replace(source, **{**said, "gone_since": claims.gone_since})
