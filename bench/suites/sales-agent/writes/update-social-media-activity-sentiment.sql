UPDATE social_media_activity SET sentiment = $2 WHERE id = $1;
