"""*Einstieg*, the place for new colleagues: a path of stations and a glossary."""
