"""A detector that looks again at each region where its first stage saw something: see `faster_rcnn`."""
