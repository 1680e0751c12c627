"""The sub-commands of `excerpt`, one file each, each with a click command named `command`."""
