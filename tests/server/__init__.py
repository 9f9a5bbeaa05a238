"""The reference server, over real sockets on loopback."""
