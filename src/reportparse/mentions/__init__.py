"""Finding: the characters of a text → mentions of amounts, ranks, times and labels."""
