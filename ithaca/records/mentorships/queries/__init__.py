"""Reading requests, introductions and mentorships."""
