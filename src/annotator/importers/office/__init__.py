"""What the readers of word processors' files share."""
