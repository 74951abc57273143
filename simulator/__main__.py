"""How is the simulator started? `simulator` and `python -m simulator` are the same."""


def main() -> None:
    """Run the command line. A worker of a batch reads this file too and needs none of it."""
    from simulator.cli import main as run

    run()


if __name__ == "__main__":
    main()
