"""`fatu` for pages with many commands: each runs in a process of its own, forked from one that has loaded the program,
so that none has to start Python and load it anew. What is a process's own from its start is tested in test_cli.

    python forked_fatu.py SOCKET                # waits for commands
    python forked_fatu.py SOCKET ARGUMENT…      # hands one over, with its folder, variables and streams
"""

import json
import os
import socket
import sys


def hand_over(address: str, arguments: list[str]) -> int:
    """Has a command run; its exit code. Knows nothing of fatu, so that it starts at once."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        folder = os.getcwd()  # noqa: PTH109, what is not loaded need not be waited for
        data = json.dumps([folder, dict(os.environ), arguments]).encode()
        socket.send_fds(connection, [len(data).to_bytes(8, "big")], [0, 1, 2])
        connection.sendall(data)
        code = connection.recv(1)
    return code[0] if code else 70


def wait_for_commands(address: str) -> None:
    """Runs every command that is handed over, until it is ended itself."""
    load()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{address}.part")
        listener.listen()
        os.rename(f"{address}.part", address)  # noqa: PTH104
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                if os.fork() == 0:
                    os.setsid()
                    run(connection)
                os._exit(0)
            connection.close()
            os.wait()


def load() -> None:
    """Loads what most commands need, tables and all."""
    import fatu
    import fatu.cli
    import fatu.querying.comparing
    import fatu.querying.questions
    import fatu.storing
    import fatu.viewing

    outline = fatu.outline(fatu.read(f"{os.path.dirname(__file__)}/../docs/examples/410202-2021.txt"))  # noqa: PTH120
    fatu.link(fatu.interpret(outline, fatu.find(outline)))


def run(connection: socket.socket) -> None:
    """Runs one command in this process and ends with it."""
    import traceback

    from fatu.cli import main

    size, streams, _, _ = socket.recv_fds(connection, 8, 3)
    data = b""
    while len(data) < int.from_bytes(size, "big"):
        data += connection.recv(1 << 20)
    folder, variables, arguments = json.loads(data)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # The streams of before may have been files, in which one can seek.
    sys.stdout, sys.stderr = (open(number, "w", closefd=False) for number in (1, 2))  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    code = 70
    try:
        main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        connection.sendall(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        wait_for_commands(sys.argv[1])
    sys.exit(hand_over(sys.argv[1], sys.argv[2:]))
