"""From files of data.police.uk to Parquet: found, checked, counted and written."""
