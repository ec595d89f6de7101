import type { PublishedGuideline } from '../connector.ts';
import { plainText, rulesIn } from '../http/html.ts';
import type { Client } from './client.ts';
import { siteSettings, topicShow } from './schemas.ts';

const SETTING = 'guidelines_topic_id';

/**
 * The rules of the community's guidelines topic, one a heading. Discourse publishes the page /guidelines as HTML only;
 * its topic is named in the site settings, which admins may read.
 */
export async function publishedGuidelines(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const id = client.settings.guidelinesTopic ?? await topicInSettings(client, signal);
  if (id === null) return [];
  const topic = await client.glance(`/t/${encodeURIComponent(id)}`, {}, topicShow, 'the guidelines', signal);
  const html = topic?.post_stream.posts[0]?.cooked ?? '';
  if (topic === null || html === '') return [];
  const rules = rulesIn(html);
  return rules.length > 0 ? rules : [{ remoteId: `topic-${id}`, number: '1', title: topic.title ?? 'Guidelines', body: plainText(html) }];
}

async function topicInSettings(client: Client, signal: AbortSignal): Promise<string | null> {
  const answer = await client.glance('/admin/site_settings', { 'names[]': SETTING }, siteSettings, 'the site settings', signal);
  const value = answer?.site_settings.find(({ setting }) => setting === SETTING)?.value;
  return /^[1-9]\d*$/.test(String(value)) ? String(value) : null;
}
