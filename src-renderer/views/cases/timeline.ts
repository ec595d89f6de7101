import type { CaseDetail, PartyView } from '../../../src-main/contract/work.ts';
import type { ItemDetail } from '../../../src-main/contract/queue.ts';

/** On which side of the timeline something stands: with the affected, with the other side, or between them. */
export type Side = 'affected' | 'other' | 'between';

export type TimelineEntry = {
  readonly key: string;
  readonly at: number;
  readonly side: Side;
  readonly text: string;
  /** What became of it, in a few words. */
  readonly aside: string;
  /** The linked item it shows; null for a note. */
  readonly itemId: number | null;
  /** Only our copy is left of it. */
  readonly gone: boolean;
};

/** The two parties whose names head the timeline; null where the case has none yet. */
export function twoSides(parties: readonly PartyView[]): { readonly affected: PartyView | null; readonly other: PartyView | null } {
  const affected = parties.find(({ role }) => role === 'affected') ?? null;
  const other = parties.find(({ role }) => role === 'other-side') ?? parties.find((party) => party !== affected && party.role !== 'mediator') ?? null;
  return { affected, other };
}

function sideOf(memberId: number | undefined, parties: readonly PartyView[]): Side {
  const party = memberId === undefined ? undefined : parties.find(({ member }) => member?.id === memberId);
  if (party === undefined) return 'between';
  if (party.role === 'affected' || party.role === 'supporter') return 'affected';
  return party === twoSides(parties).other || party.role === 'other-side' ? 'other' : 'between';
}

/** What stands of the decisions about an item: "remove, mute". */
function outcomeOf(item: ItemDetail | undefined): string {
  const verbs = item?.decisions.filter(({ undone }) => !undone).flatMap(({ actions }) => actions.map(({ verb }) => verb)) ?? [];
  return [...new Set(verbs)].join(', ');
}

/** First line of a text, short enough for one bubble. */
export function firstLine(text: string, limit = 80): string {
  const line = text.split('\n').map((part) => part.replace(/^[#>*\-\s]+/u, '').trim()).find((part) => part !== '') ?? '';
  return [...line].length > limit ? `${[...line].slice(0, limit - 1).join('')}…` : line;
}

/**
 * Linked items and notes in order of time, each on its party's side. `details` are the items as the queue
 * knows them now, which tell when the post was written; an item without one stands where it was linked.
 */
export function caseTimeline(detail: CaseDetail, details: readonly ItemDetail[]): readonly TimelineEntry[] {
  const items = detail.items.map((item): TimelineEntry => {
    const now = details.find(({ row }) => row.id === item.id);
    const asides = [outcomeOf(now), item.gone ? 'gone there' : ''].filter((part) => part !== '');
    return {
      key: `item-${item.id}`,
      at: now?.subject.createdAt ?? item.linkedAt,
      side: sideOf(item.author?.id, detail.parties),
      text: firstLine(item.kept === '' ? item.snippet : item.kept),
      aside: asides.join(', '),
      itemId: item.id,
      gone: item.gone,
    };
  });
  const notes = detail.notes.map((note): TimelineEntry => ({
    key: note.id, at: note.writtenAt, side: 'between', text: firstLine(note.text, 48), aside: `note by ${note.author}`, itemId: null, gone: false,
  }));
  return [...items, ...notes].toSorted((a, b) => a.at - b.at || a.key.localeCompare(b.key));
}
