"""Which laws hold for the equations, module by module?"""
