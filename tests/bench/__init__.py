"""Speed and memory, each as a ratio to the library's own work measured in the same run."""
