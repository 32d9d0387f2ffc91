import type { Cell, GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, clamp, integer, logNormal, normal, pick, rounded, weighted } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { leadOfRow } from './lead-key.ts';
import { drawName, slug } from './person.ts';
import { creationTime, HOUR, timestamp } from './reference-time.ts';

const PLATFORMS = { twitter: 34, linkedin: 28, reddit: 16, facebook: 12, instagram: 10 };
type Platform = keyof typeof PLATFORMS;

const SENTIMENTS = { neutral: 48, positive: 37, negative: 15 };
const MEAN_SCORE = { neutral: 0, positive: 0.6, negative: -0.6 };

/** Posts about companies, in the order of scraping. */
export const socialMediaActivity: GeneratedTable = {
  name: 'social_media_activity',
  serial: 'id',
  rowsAtScaleOne: 50_000,
  columns: [
    'id',
    'platform',
    'platform_post_id',
    'post_url',
    'company_name',
    'lead_id',
    'title',
    'text_content',
    'author_username',
    'author_name',
    'likes_count',
    'retweets_count',
    'comments_count',
    'shares_count',
    'upvotes_count',
    'engagement_score',
    'sentiment',
    'sentiment_score',
    'sentiment_reasoning',
    'posted_at',
    'scraped_at',
    'additional_data',
  ],
  row: (context, ordinal) => {
    const { random } = context;
    const { companies, phrases } = vocabulary();
    const platform = weighted(random, PLATFORMS);
    const postId = `${platform.slice(0, 2)}_${(ordinal + 1).toString(36).padStart(8, '0')}`;
    const lead = leadOfRow(context, ordinal, 40);
    const author = drawName(random);
    const username = `${slug(author.first)}_${slug(author.last)}`;
    const scraped = creationTime(context, ordinal);
    return [
      ordinal + 1,
      platform,
      postId,
      `https://www.${platform}.com/${username}/posts/${postId}`,
      pick(random, companies),
      chance(random, 0.97) ? lead : null,
      platform === 'reddit' || platform === 'linkedin' ? pick(random, phrases) : null,
      postText(random),
      username,
      `${author.first} ${author.last}`,
      ...counts(random, platform),
      ...sentiment(random),
      chance(random, 0.99) ? timestamp(scraped - logNormal(random, 9 * HOUR, 1.3)) : null,
      timestamp(scraped),
      `{"lang":"en","hashtags":["${slug(pick(random, phrases)).slice(0, 18)}"],"media":${integer(random, 0, 4)}}`,
    ];
  },
};

function postText(random: Random): string {
  const { sentences } = vocabulary();
  let text = pick(random, sentences);
  for (let more = integer(random, 0, 4); more > 0; more--) text += ` ${pick(random, sentences)}`;
  return text;
}

/** The columns from likes to engagement score. Retweets exist on twitter only, upvotes on reddit only. */
function counts(random: Random, platform: Platform): Cell[] {
  const likes = Math.round(logNormal(random, 12, 1.4));
  const comments = Math.round(likes * random() * 0.3);
  const shares = Math.round(likes * random() * 0.15);
  return [
    likes,
    platform === 'twitter' ? shares * 2 : null,
    comments,
    shares,
    platform === 'reddit' ? likes * 3 : null,
    rounded(likes + comments * 2 + shares * 3, 1),
  ];
}

/** Label, score and reasoning; all missing until the post is analysed. */
function sentiment(random: Random): Cell[] {
  if (chance(random, 0.12)) return [null, null, null];
  const label = weighted(random, SENTIMENTS);
  const score = rounded(clamp(normal(random, MEAN_SCORE[label], 0.15), -1, 1), 3);
  return [label, score, chance(random, 0.5) ? pick(random, vocabulary().sentences) : null];
}
