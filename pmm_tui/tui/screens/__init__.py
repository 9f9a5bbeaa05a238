"""The screens: Daftar Guru, the wizard, Kotak Kirim, and the dialogs."""
