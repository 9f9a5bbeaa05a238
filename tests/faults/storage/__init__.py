"""Storage: killed anywhere, the power cut, disks that are full or lie, files that are damaged; and what comes back."""
