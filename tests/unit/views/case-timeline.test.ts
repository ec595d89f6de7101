import { describe, expect, test } from 'vitest';
import type { CaseDetail, PartyView } from '../../../src-main/contract/work.ts';
import { caseTimeline, firstLine, twoSides } from '../../../src-renderer/views/cases/timeline.ts';

const rosa = { id: 1, name: 'Rosa', handle: '@rosa' };
const kestrel = { id: 2, name: 'kestrel_9', handle: '@kestrel_9' };
const passer = { id: 3, name: 'passer-by', handle: '@passer' };

function party(id: string, role: PartyView['role'], member: PartyView['member']): PartyView {
  return { id, role, member, name: member?.name ?? 'Someone' };
}

function headings(parties: readonly PartyView[]) {
  const { affected, other } = twoSides(parties);
  return [affected?.name, other?.name];
}

const detail: CaseDetail = {
  id: 'c', number: 41, title: 'Spring fund dispute', stage: 'hearing', openedAt: 1, openedBy: 'Ines', followUpAt: null, partyCount: 2, itemCount: 3, version: 1, audience: 'team',
  parties: [party('p1', 'affected', rosa), party('p2', 'other-side', kestrel)],
  items: [
    { id: 11, snippet: 'Later', state: 'open', author: kestrel, linkedAt: 30, kept: 'Where did the 400 go?\nTell us.', gone: true },
    { id: 12, snippet: 'The fund report', state: 'decided', author: rosa, linkedAt: 10, kept: '', gone: false },
    { id: 13, snippet: 'I saw it', state: 'open', author: passer, linkedAt: 40, kept: 'I saw it', gone: false },
  ],
  notes: [{ id: 'n', about: { kind: 'case', id: 'c' }, text: '## What each side wants\nRosa: no contact', audience: 'team', author: 'Ines', writtenAt: 20, revisedAt: null, revision: 1, expiresAt: null }],
};

describe('a case\'s timeline', () => {
  test('puts each post on its party\'s side, others and notes between, in order of time', () => {
    expect(caseTimeline(detail, []).map(({ side, text, aside }) => [side, text, aside])).toEqual([
      ['affected', 'The fund report', ''],
      ['between', 'What each side wants', 'note by Ines'],
      ['other', 'Where did the 400 go?', 'gone there'],
      ['between', 'I saw it', ''],
    ]);
  });

  test('is headed by the affected and the other side, or by whoever else is there', () => {
    expect([detail.parties, [party('p', 'witness', kestrel)], []].map(headings))
      .toEqual([['Rosa', 'kestrel_9'], [undefined, 'kestrel_9'], [undefined, undefined]]);
  });

  test('shortens a long first line by whole characters', () => {
    expect(firstLine(`\n${'🙂'.repeat(90)}`, 5)).toBe('🙂🙂🙂🙂…');
  });
});
