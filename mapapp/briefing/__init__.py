"""A picture to hand over: sheets, slides and animations that can be traced back to the records."""
