"""What we add to the server itself: patience with slow clients, and an orderly end of a worker."""
