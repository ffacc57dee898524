"""What the product says to a reader, in both languages; page and file notes share it."""
