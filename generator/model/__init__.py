"""Plain frozen types that the verbs hand to each other. No input or output happens here."""
