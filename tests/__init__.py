"""What must always hold, whoever changes the simulator?"""
