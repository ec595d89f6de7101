import type { PublishedGuideline } from '../connector.ts';
import { plainText, rulesIn } from '../http/html.ts';
import type { Client } from './client.ts';
import { siteSettings, topicShow } from './schemas.ts';

const SETTING = 'guidelines_topic_id';

/**
 * The rules of the community's guidelines, one a heading: of the topic that the person or, for admins, the site settings
 * name, else of the page /guidelines, which everyone may read.
 */
export async function publishedGuidelines(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const id = client.settings.guidelinesTopic ?? await topicInSettings(client, signal);
  const topic = id === null ? null : await client.glance(`/t/${encodeURIComponent(id)}`, {}, topicShow, 'the guidelines', signal);
  const html = topic?.post_stream.posts[0]?.cooked ?? bodyOf(await client.page('/guidelines.html', signal) ?? '');
  const body = plainText(html);
  if (body === '') return [];
  const rules = rulesIn(html);
  return rules.length > 0 ? rules : [{ remoteId: id === null ? 'guidelines' : `topic-${id}`, number: '1', title: topic?.title ?? 'Guidelines', body }];
}

/** The words of a page: with the forum's layout they stand between two marks, without it they are all there is (models/static-page.js). */
function bodyOf(page: string): string {
  const words = /<!-- preload-content: -->(.*?)<!-- :preload-content -->/s.exec(page)?.[1] ?? (/<html\b/i.test(page) ? '' : page);
  // Links to the forum's other pages come before.
  return words.replaceAll(/<ul\b[^>]*class=["'][^"']*\bnav\b[^>]*>.*?<\/ul>/gis, '');
}

async function topicInSettings(client: Client, signal: AbortSignal): Promise<string | null> {
  const answer = await client.glance('/admin/site_settings', { 'names[]': SETTING }, siteSettings, 'the site settings', signal);
  const value = answer?.site_settings.find(({ setting }) => setting === SETTING)?.value;
  return /^[1-9]\d*$/.test(String(value)) ? String(value) : null;
}
