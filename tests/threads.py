"""Several calls at the same moment, each with a connection of its own."""

import threading

from django.db import connection


def all_at_once(*calls):
    """Run the calls in threads that start together; their results, or errors, in order."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        try:
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
