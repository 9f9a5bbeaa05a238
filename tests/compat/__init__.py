"""What an earlier version left behind (databases, files, bytes on the wire) still means the same."""
