"""One file a version. What stands here was shipped, and is never changed: a change is a new file."""
