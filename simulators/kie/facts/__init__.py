"""What the simulated KIE knows: models, prices, rules between parameters and media limits.

The JSON files are written by `scripts/renew_kie_facts.py` from gathered facts about KIE, never from the
service's registry, so that the service and its judge cannot be wrong together.
"""
