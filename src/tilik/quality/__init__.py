"""Quality: gold and practice, second looks and adjudication, reviewers' accuracy and agreement."""
