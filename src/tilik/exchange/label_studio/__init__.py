"""Label Studio: tasks, predictions and annotations out and in, by its documented JSON.

https://labelstud.io/guide/task_format and https://labelstud.io/tags/timelinelabels
"""
