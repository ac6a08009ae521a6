"""An invented municipality with schools at work, for `make demo` and for load. No models."""
