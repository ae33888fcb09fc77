"""A folder of documents: its files, their sources, the glossary, and the processes that read."""
