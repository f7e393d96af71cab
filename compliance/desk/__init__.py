"""The public desk of questions: the form, the receipt, how a question stands, ratings, figures."""
