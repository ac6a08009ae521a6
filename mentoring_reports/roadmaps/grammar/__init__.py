"""The grammar of deadlines: words, texts made plain, points in time, phrases, years. Pure; no framework."""
