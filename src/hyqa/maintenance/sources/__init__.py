"""Where documents come from: fetching originals, adding and replacing files, what became of each."""
