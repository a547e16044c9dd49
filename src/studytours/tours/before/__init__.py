"""What must be known and signed before a walk: the risk assessment, the script, the ground."""
