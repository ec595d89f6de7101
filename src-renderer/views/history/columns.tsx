import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { EventRow } from '../../../src-main/contract/work.ts';
import { useNow } from '../../state/clock.ts';
import { Chip } from '../../ui/badge.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { eventTime, shortHash } from './event-words.ts';

function When({ at }: { readonly at: number }) {
  const now = useNow();
  return <time className="tabular" dateTime={new Date(at).toISOString()} title={fullTime(at)}>{eventTime(at, now)}</time>;
}

export const features = tableFeatures({});
const column = createColumnHelper<typeof features, EventRow>();

/** The history's columns, in order; the style sheet gives them their widths. */
export const columns = column.columns([
  column.accessor('at', { id: 'when', header: 'when', cell: ({ row }) => <When at={row.original.at} /> }),
  column.accessor('actor', { id: 'who', header: 'who', cell: ({ row }) => <bdi>{row.original.actor}</bdi> }),
  column.accessor('did', { id: 'did', header: 'did', cell: ({ row }) => row.original.did }),
  column.accessor('to', { id: 'to', header: 'to', cell: ({ row }) => <bdi>{row.original.to}</bdi> }),
  column.accessor('under', { id: 'under', header: 'under', cell: ({ row }) => row.original.under ?? '' }),
  column.accessor('delivered', { id: 'delivered', header: 'delivered', cell: ({ row }) => row.original.delivered ?? '' }),
  column.accessor('later', { id: 'then', header: 'then', cell: ({ row }) => (row.original.later === null ? '' : <Chip tone="warn">{row.original.later}</Chip>) }),
  column.accessor('hash', { id: 'event', header: 'event', cell: ({ row }) => <code title={row.original.hash}>{shortHash(row.original.hash)}</code> }),
]);
