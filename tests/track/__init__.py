"""Does the year so far teach the right thing, whatever is seen and in whichever order?"""
