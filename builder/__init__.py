"""Excerpt's builder: a recipe in, a verified bundle for the browser out."""
