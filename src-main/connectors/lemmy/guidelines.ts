import type { PublishedGuideline } from '../connector.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import type { Myself } from './schemas.ts';

const TITLE = 100;
const ITEM = /^\s{0,3}(?:[-*+]|\d+[.)])\s+(.*)$/;
const HEADING = /^\s{0,3}#{1,6}\s*(.+?)\s*#*$/;
const RULES = /rule|guideline|conduct|regel|règle|reglas|regras|regole|правил|ルール|规则/i;

/** Lemmy has no list of rules: communities and instances write them into their sidebars. */
export async function publishedGuidelines(client: Client, dialect: Dialect, me: Myself, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const { site_view: { site, local_site: local } } = await dialect.site(client, signal);
  const found: PublishedGuideline[] = [...rulesIn('site', site.name || 'This instance', site.sidebar)];
  if (local.legal_information.trim() !== '') found.push({ remoteId: 'legal', number: '', title: 'Legal information', body: local.legal_information });
  for (const { id, title, name, sidebar, description } of me.moderates) found.push(...rulesIn(`community/${id}`, title || name, sidebar || description));
  return found.map(({ remoteId, title, body }, index) => ({ remoteId, number: String(index + 1), title, body }));
}

/** The items under a heading about rules, each a guideline; else the sidebar as one. */
function rulesIn(place: string, title: string, sidebar: string): readonly PublishedGuideline[] {
  if (sidebar.trim() === '') return [];
  const items: string[][] = [];
  let within = false;
  for (const line of sidebar.split('\n')) {
    const heading = HEADING.exec(line)?.[1] ?? /^\s*\*\*(.+?)\*\*:?\s*$/.exec(line)?.[1];
    const item = ITEM.exec(line)?.[1];
    if (heading !== undefined) within = RULES.test(heading);
    else if (within && item !== undefined && item.trim() !== '') items.push([item.trim()]);
    else if (within && line.trim() !== '') items.at(-1)?.push(line.trim());
  }
  if (items.length === 0) return [{ remoteId: place, number: '', title, body: sidebar.trim() }];
  return items.map(([first = '', ...rest], index) => {
    const plain = first.replaceAll(/[*_`]/g, '').trim() || `Rule ${index + 1}`;
    const short = plain.length <= TITLE ? plain : `${plain.slice(0, TITLE).trim()}…`;
    return { remoteId: `${place}#${index + 1}`, number: '', title: short, body: [...(short === first ? [] : [first]), ...rest].join('\n') };
  });
}
