"""What the editor's buttons order: who may press which, and what a press does."""
