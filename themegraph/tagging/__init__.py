"""What passages are about and how they judge it: themes, services and stance, with their words."""
