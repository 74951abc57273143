"""Are the scores of forecasts right, and is the backtest what is said of it?"""
