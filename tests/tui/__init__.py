"""Tests of the screens: driven by keys at 80x24, judged by what stands on the screen and in the store."""
