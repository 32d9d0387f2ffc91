SELECT platform, count(*), max(sentiment_score) FROM social_media_activity
WHERE sentiment = 'positive'
GROUP BY platform;
