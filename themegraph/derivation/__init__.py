"""What follows from several reports of one authority: assessments of themes, and follow-ups."""
