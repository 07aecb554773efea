"""Who may what: permissions, roles, the actor and the guards of views."""
