"""Who asks and how much: identities, the file of users, sessions, lock-out, limits."""
