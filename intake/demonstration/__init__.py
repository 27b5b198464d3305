"""Demonstration data: cases of every kind, led through their lives by the real actions.

    kinds     what arrives, how often, and what it asks
    shapes    one life to be lived: what arrives when, from what sort of agency, about what sort of customers
    casting   who plays in it: this agency, these customers, this reference and key
    house     the agencies and customers there are
    life      a case, the hour it has come to, and what happens by itself until the next thing is done
    deeds     what people do in it;  plots   in which order
    filling   all of it, from the seed; the same cases, seed and hour on an empty database give the same rows

The same shape with another cast gives the same rows with other names in them. So, many cases are made by recording
shapes once and writing their rows anew for each cast: recording, replaying.
"""
