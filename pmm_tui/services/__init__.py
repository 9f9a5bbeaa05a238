"""What screen and command line both do, written once; knows nothing of Textual, and loads the network only when it is asked."""
