import { canonicalJson } from '../chain.ts';
import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** A connection keeps its number for good; adding a removed one again brings it back. */
export function foldConnectionAdded(read: Read, event: LoggedOf<'connection.added'>): readonly Change[] {
  const said = event.public;
  return [{
    table: 'connections',
    put: {
      id: said.connectionId,
      n: read.connection(said.connectionId)?.n ?? read.connectionCount() + 1,
      platform: said.platform,
      title: said.title,
      instance: said.instance,
      settings: canonicalJson(event.payload?.settings ?? {}),
      settings_event: event.seq,
      paused: 0,
      provisioned: said.provisioned ? 1 : 0,
      removed: 0,
    },
  }];
}

/** New title, settings or instance, a pause or its end. */
export function foldConnectionChanged(read: Read, event: LoggedOf<'connection.changed'>): readonly Change[] {
  const said = event.public;
  const before = read.connection(said.connectionId);
  if (before === undefined) return [];
  return [{
    table: 'connections',
    put: {
      ...before,
      title: said.title ?? before.title,
      instance: said.instance ?? before.instance,
      ...(said.configured ? { settings: canonicalJson(event.payload?.settings ?? {}), settings_event: event.seq } : {}),
      paused: said.paused === undefined ? before.paused : Number(said.paused),
      provisioned: said.provisioned === undefined ? before.provisioned : Number(said.provisioned),
    },
  }];
}

/** The connection ends; its row stays, since items and history name it. */
export function foldConnectionRemoved(read: Read, event: LoggedOf<'connection.removed'>): readonly Change[] {
  const before = read.connection(event.public.connectionId);
  return before === undefined ? [] : [{ table: 'connections', put: { ...before, removed: 1 } }];
}
