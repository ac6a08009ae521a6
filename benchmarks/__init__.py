"""What performance is measured with: `make bench`. Each figure is a ratio to a named baseline, in one run."""
