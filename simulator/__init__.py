"""The plan simulator: a province's plan indicators, projected and held against their targets."""
