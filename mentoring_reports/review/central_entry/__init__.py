"""Central entry: a methodist files a report for a school that cannot, from what the school sent on paper."""
