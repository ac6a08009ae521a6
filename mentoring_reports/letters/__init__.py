"""Letters to the users of one organisation: one digest a day, who does not want it, what bounced."""
