"""How the embedded model and the aligner's parameters were made, so that anyone can make them again."""
