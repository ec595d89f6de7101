import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { glimpseOf, rowsOfHeld } from '../../../src-main/connectors/mailman/held.ts';
import type { List } from '../../../src-main/connectors/mailman/names.ts';
import { requestIn, rowsOfRequest } from '../../../src-main/connectors/mailman/requests.ts';
import { readSettings } from '../../../src-main/connectors/mailman/settings.ts';
import { PASSWORD, startMailman, USER } from './server.ts';

/** What a real core 3.3.8 answered; `DOCKET_RECORD=1 npm run test:mailman` writes it anew. */
type Exchange = { readonly method: string; readonly path: string; readonly form: string; readonly status: number; readonly answer: { readonly entries?: readonly unknown[] } & Readonly<Record<string, unknown>> };

function recorded(name: string): Exchange {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8')) as Exchange;
}

const list: List = { id: 'ant.lists.example', address: 'ant@lists.example', title: 'Ant', description: '' };
const settings = readSettings({ url: 'http://127.0.0.1:8001', user: 'restadmin' });

describe('what a real core answered', () => {
  test('its held messages are read whole', async () => {
    const rows = await Promise.all((recorded('held').answer.entries ?? []).map(async (entry) => {
      const glimpse = glimpseOf(entry, list.id);
      if (glimpse === null) throw new Error('an entry was not read');
      return rowsOfHeld(glimpse, list, settings, 0);
    }));
    expect(rows.map(({ subject, look }) => [subject.remoteId.replace(/@.*/, ''), subject.authorId, look !== ''])).toEqual(
      (recorded('held').answer.entries ?? []).map((entry) => [`ant.lists.example/${String((entry as { request_id: number }).request_id)}`, 'piet@example.org', true]),
    );
    expect(rows.map(({ reports }) => reports[0]?.comment)).toEqual(rows.map(() => 'The message is not from a list member'));
    expect(rows.every(({ subject }) => (subject.createdAt ?? 0) > Date.UTC(2026, 0, 1))).toBe(true);
  });

  test('its requests are read whole', () => {
    const rows = (recorded('requests').answer.entries ?? []).flatMap((entry) => {
      const one = requestIn(entry);
      return one === null ? [] : [rowsOfRequest(one, list, settings, 0)];
    });
    expect(rows.map(({ subject }) => subject.text)).toContain('Dóra <dora@example.org> asks to join ant@lists.example.');
    expect(rows.every(({ look, subject }) => look !== '' && subject.createdAt !== null)).toBe(true);
  });
});

/** The scripted core has to be as the real one is, or what passes against it proves little. */
describe('the scripted core answers as the real one', () => {
  const KEYS: readonly (readonly [string, string, string])[] = [
    ['lists', '/lists?count=100&page=1', 'entries'], ['held', '/lists/ant.lists.example/held?count=3&page=1', 'entries'], ['held-past-the-end', '/lists/ant.lists.example/held?count=20&page=900', ''],
    ['requests', '/lists/ant.lists.example/requests?token_owner=moderator&count=100&page=1', 'entries'], ['memberships', '/members/find?subscriber=piet%40example.org', 'entries'], ['versions', '/system/versions', ''],
    ['gone', '/lists/ant.lists.example/held/99999', ''], ['half-a-page', '/lists?page=1', ''], ['no-ban', '/lists/ant.lists.example/bans/nobody@example.org', ''],
  ];

  test.each(KEYS)('%s: the same status and the same fields', async (name, where, inside) => {
    const far = await startMailman(() => Date.UTC(2026, 10, 21));
    far.world.addList('ant');
    far.world.hold('ant.lists.example');
    far.world.ask('ant.lists.example', 'anne@example.org', { name: 'Anne' });
    const response = await fetch(`${far.server.origin}/3.1${where}`, { headers: { authorization: `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}` } });
    const answer = await response.json() as Exchange['answer'];
    await far.close();
    const { status, answer: real } = recorded(name);
    expect([response.status, Object.keys(answer).toSorted()]).toEqual([status, Object.keys(real).toSorted()]);
    if (inside !== '') expect(Object.keys(answer.entries?.[0] ?? {}).toSorted()).toEqual(Object.keys(real.entries?.[0] ?? {}).toSorted());
  });

  test('signed out', async () => {
    const far = await startMailman(() => 0);
    const response = await fetch(`${far.server.origin}/3.1/system/versions`);
    expect([response.status, await response.json()]).toEqual([recorded('signed-out').status, recorded('signed-out').answer]);
    await far.close();
  });
});

/** The examples of the core's documentation (docs.mailman3.org, REST API: Post Moderation; Subscription moderation). */
describe('documented examples', () => {
  test('a message held by a program, without rules', async () => {
    const glimpse = glimpseOf({
      extra: 7, hold_date: '2005-08-01T07:49:23', http_etag: '"..."', message_id: '<alpha>', original_subject: 'Something', reason: 'Because', request_id: 1,
      msg: 'From: anne@example.com\nTo: ant@example.com\nSubject: Something\nMessage-ID: <alpha>\nMessage-ID-Hash: XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP\n\nSomething else.\n',
      self_link: 'http://localhost:9001/3.0/lists/ant.example.com/held/1', sender: 'anne@example.com', subject: 'Something',
    }, list.id);
    if (glimpse === null) throw new Error('it was not read');
    expect(await rowsOfHeld(glimpse, list, settings, 0)).toMatchObject({
      subject: { text: 'Something\n\nSomething else.', authorId: 'anne@example.com', createdAt: Date.UTC(2005, 7, 1, 7, 49, 23), html: null, revision: '...' },
      reports: [{ comment: 'Because', remoteCategory: null, category: 'held', open: true }],
    });
  });

  test('Anne Person asks to join', () => {
    const one = requestIn({ display_name: 'Anne Person', email: 'anne@example.com', http_etag: '"..."', list_id: 'ant.example.com', token: '0000000000000000000000000000000000000001', token_owner: 'moderator', type: 'subscription', when: '2005-08-01T07:49:23' });
    if (one === null) throw new Error('it was not read');
    expect(rowsOfRequest(one, list, settings, 0)).toMatchObject({
      subject: { type: 'member', authorId: 'anne@example.com', createdAt: Date.UTC(2005, 7, 1, 7, 49, 23) }, reports: [{ remoteCategory: 'subscription request', open: true }],
    });
  });
});
