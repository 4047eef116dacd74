"""Waiting in M/M/c queues, exactly, customer by customer: the embedded Markov chain of the number found on arrival.

Source: Kendall (1953), the embedded chain; Erlang (1917) for the limit. The first customer finds nobody, so customer n
is compared with what customer n meets, and no warm-up has to be cut off.
"""

from math import factorial, sqrt

import numpy as np


def found_on_arrival(arrivals, service, servers, customer):
    """Return the chances that customer ``customer`` (from 0) finds 0, 1, 2 ... others there; rates per unit of time."""
    chances = np.zeros(customer + 1)
    chances[0] = 1.0
    for n in range(customer):
        following = np.zeros(customer + 1)
        for found in range(n + 1):
            left = chances[found]
            for there in range(found + 1, -1, -1):
                leaves = min(there, servers) * service
                stays = arrivals / (arrivals + leaves)
                following[there] += left * stays
                left *= 1 - stays
        chances = following
    return chances


def waiting(arrivals, service, servers, customer):
    """Return mean and standard deviation of a customer's wait: of who finds j there, j - c + 1 have to leave first."""
    chances = found_on_arrival(arrivals, service, servers, customer)
    ahead = np.maximum(np.arange(chances.size) - servers + 1, 0)
    rate = servers * service
    mean = float(chances @ ahead) / rate
    square = float(chances @ (ahead * (ahead + 1))) / rate**2
    return mean, sqrt(square - mean**2)


def erlang_wait(arrivals, service, servers):
    """Return the mean wait in the long run (Erlang C)."""
    load = arrivals / service
    busy = load**servers / factorial(servers) / (1 - load / servers)
    chance = busy / (sum(load**k / factorial(k) for k in range(servers)) + busy)
    return chance / (servers * service - arrivals)
