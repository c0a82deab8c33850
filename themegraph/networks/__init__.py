"""Networks of themes and of authorities: which belong together, by what the reports say."""

from themegraph.networks.build import authority_network, theme_network, with_ties
from themegraph.networks.measures import backbone, communities, with_measures

__all__ = [
    "authority_network",
    "backbone",
    "communities",
    "theme_network",
    "with_measures",
    "with_ties",
]
