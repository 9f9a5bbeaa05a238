"""Talking to the server: sending what the outbox holds, and fetching what the server lends. Knows nothing of any screen."""
