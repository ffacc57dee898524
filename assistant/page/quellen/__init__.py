"""*Quellen*, the advisor's desk: search, list, take in and remove documents; the Merkliste."""
