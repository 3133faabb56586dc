"""How fast it is, beside what the same machine could do at best in the same minute."""
