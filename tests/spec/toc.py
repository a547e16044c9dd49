"""The specifications, in the order of the page. Each has a `title` and a first paragraph."""

CONTENTS = ("test_where_next", "test_how_sure", "test_hot_or_chance", "test_did_it_work")
