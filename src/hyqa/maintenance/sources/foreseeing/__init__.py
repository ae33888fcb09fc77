"""Questions foreseen for a document that is added: drafted or brought, checked, read, accepted."""
