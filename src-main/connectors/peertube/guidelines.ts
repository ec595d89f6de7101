import type { PublishedGuideline } from '../connector.ts';
import type { Client } from './client.ts';
import { about } from './schemas.ts';

const TITLE = 100;
const ITEM = /^\s{0,3}(?:[-*+]|\d+[.)])\s+(.*)$/;
const HEADING = /^\s{0,3}#{1,6}\s/;

/** What the instance publishes on its page about itself: rules as its code of conduct lists them, and its terms. */
export async function publishedGuidelines(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const { instance } = await client.get('/config/about', about, 'the instance', signal);
  const found = [
    ...rulesIn('conduct', 'Code of conduct', instance.codeOfConduct), ...whole('terms', 'Terms', instance.terms), ...whole('moderation', 'How moderation works', instance.moderationInformation),
  ];
  return found.map(({ remoteId, title, body }, index) => ({ remoteId, number: String(index + 1), title, body }));
}

function whole(remoteId: string, title: string, body: string): readonly PublishedGuideline[] {
  return body.trim() === '' ? [] : [{ remoteId, number: '', title, body: body.trim() }];
}

/** The items of a list, each a guideline; a text without any as one. */
function rulesIn(place: string, title: string, text: string): readonly PublishedGuideline[] {
  const items: string[][] = [];
  for (const line of text.split('\n')) {
    const item = ITEM.exec(line)?.[1];
    if (item !== undefined && item.trim() !== '') items.push([item.trim()]);
    else if (line.trim() !== '' && !HEADING.test(line)) items.at(-1)?.push(line.trim());
  }
  if (items.length === 0) return whole(place, title, text);
  return items.map(([first = '', ...rest], index) => {
    const plain = first.replaceAll(/[*_`]/g, '').trim() || `Rule ${index + 1}`;
    const short = plain.length <= TITLE ? plain : `${plain.slice(0, TITLE).trim()}…`;
    return { remoteId: `${place}#${index + 1}`, number: '', title: short, body: [...(short === first ? [] : [first]), ...rest].join('\n') };
  });
}
