"""The bundle: its manifest and its files, the rules they obey, who signed them and how they are encrypted."""
