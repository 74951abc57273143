"""Does a table that a department sends come in whole or not at all, and never by a guess?"""
