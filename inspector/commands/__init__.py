"""The `inspector` command's words, one file for each of the three jobs: teach, learn, inspect."""
