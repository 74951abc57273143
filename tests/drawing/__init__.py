"""Do the laws of simulator/drawing hold?"""
