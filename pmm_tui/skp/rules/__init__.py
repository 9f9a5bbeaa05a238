"""The rules of the form, a section a module; `periksa` asks them all."""
