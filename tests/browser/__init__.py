"""What people do, done in Chromium against a running server; nothing is made up in between."""
