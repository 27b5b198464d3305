"""How dates read where Django writes them, by language; config.times says the same for the pages."""
