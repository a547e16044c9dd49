"""How people felt at the same stops on two walks: before and after, or by day and at dusk."""
