"""Do the laws of simulator/insight hold?"""
