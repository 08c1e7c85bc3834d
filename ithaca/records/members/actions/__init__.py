"""Everything that changes a member's rows."""
