"""Sources into snapshots: real small files in each vendor's format, with the faults they come with."""
