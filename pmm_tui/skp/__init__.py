"""The domain: what a plan is and when it is right. No input, no output, no Textual."""
