"""The publishing calendar: what comes and what goes on which day of a month."""
