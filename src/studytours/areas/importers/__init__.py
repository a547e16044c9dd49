"""Read files of others into plain records, or refuse them and say where. Nothing is written."""
