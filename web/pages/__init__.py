"""The pages, one a module; ``web/routes.py`` says which address each has."""
