"""Reading text: words, sentences, scripts, sounds, dates, and words that mean the same."""
