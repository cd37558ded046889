"""Speed and accuracy, measured by hand or by one command."""
