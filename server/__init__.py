"""Serves the web app and one bundle: known files only, with headers that keep documents in the browser."""
