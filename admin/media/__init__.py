"""The media library: the list of files, one file, and uploads that survive a dropped connection."""
