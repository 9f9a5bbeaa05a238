"""Pictures of the real screens: a school in every state, how each screen is reached, and the writer of SVG."""
