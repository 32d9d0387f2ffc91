UPDATE social_media_activity SET likes_count = $2 WHERE id = $1;
