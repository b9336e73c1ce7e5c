"""The command line: one folder of commands over the same rooms that the browser uses."""
