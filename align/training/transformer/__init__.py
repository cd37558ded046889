"""How a model for ``--model accurate`` is made: a small transformer that learns other languages from English."""
