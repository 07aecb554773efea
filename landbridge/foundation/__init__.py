"""What is not the programme's own vocabulary: the kernel that every word stands on."""
