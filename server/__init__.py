"""Serves the web app and one bundle: known files only, with the headers that keep documents in the browser."""
