"""Binding: mentions → records. `binding.py` holds the order, `tokens.py` the alphabet, the other files the rules."""
