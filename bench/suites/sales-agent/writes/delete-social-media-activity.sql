DELETE FROM social_media_activity WHERE id = $1;
