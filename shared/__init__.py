"""What the three applications share: their models, their rules and their logging."""
