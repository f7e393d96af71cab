"""Screens of citizens' questions: inbox, one question, its answer, figures, notices."""
