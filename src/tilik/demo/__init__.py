"""Builds the demo workspace from generated clips and a generated frame, through public calls."""
