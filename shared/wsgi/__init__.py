"""What stands in front of every application: gate, dispatcher, guarded mounts, bulkheads."""
