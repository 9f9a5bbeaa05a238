"""Outside data into checked values: JSON, TOML and files of bounded size."""
