"""The draft: its operations, its storage, the Word file and the command line."""
