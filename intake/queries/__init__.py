"""What intake shows. Every read takes the person who asks; a receipt's token stands for one."""
