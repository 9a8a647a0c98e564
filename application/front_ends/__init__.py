"""What front ends for people are given: the use cases of a subject in one object. No rule is here."""
