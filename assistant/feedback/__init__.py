"""What readers say about answers: kept without their words unless they want it otherwise."""
