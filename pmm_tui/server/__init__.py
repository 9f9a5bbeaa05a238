"""The reference server of the contract in docs/protocol.md.

Import what is needed from its modules: `serve.serve`, `asgi.create_app`, `tokens`, `sekolah.load_school`. This package itself
imports nothing, so that making a token does not pay for the web server.
"""
