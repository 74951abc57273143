"""Does a board without a server hold what the model holds?"""
