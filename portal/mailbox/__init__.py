"""Shows the mails that a local catcher has put into a Maildir. Real servers have none."""
