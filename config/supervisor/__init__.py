"""Web server, worker and scheduler under one roof: started, watched, restarted and stopped together."""
