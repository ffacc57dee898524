"""The advisor's desk: passages found and grouped, documents listed, facets counted; no HTML."""
