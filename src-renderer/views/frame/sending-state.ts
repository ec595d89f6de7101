import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { when } from '../../ui/time-words.ts';

export type SendingInput = {
  readonly outbox: { readonly held: number; readonly pending: number; readonly attention: number } | null;
  readonly connections: readonly Pick<ConnectionView, 'health'>[] | null;
  /** Since when the backend does not answer. */
  readonly lostAt: number | null;
  readonly now?: number;
};

export type SendingState = { readonly state: 'online' | 'offline' | 'attention' | 'lost'; readonly text: string };

function decisions(count: number): string {
  return count === 1 ? '1 decision waiting' : `${count.toLocaleString()} decisions waiting`;
}

/** What the corner says about sending: offline is a normal state, told calmly, with what waits. */
export function sendingState({ outbox, connections, lostAt, now = Date.now() }: SendingInput): SendingState {
  if (lostAt !== null) return { state: 'lost', text: 'Reconnecting to Docket’s service' };
  const active = (connections ?? []).filter(({ health }) => health.state !== 'paused');
  const away = active.filter(({ health }) => health.state === 'offline');
  const waiting = (outbox?.held ?? 0) + (outbox?.pending ?? 0);
  if (away.length > 0 && away.length === active.length) {
    const since = Math.max(...away.map(({ health }) => health.lastSyncAt ?? 0));
    const said = since > 0 ? `Offline since ${when(since, now)}` : 'Offline';
    return { state: 'offline', text: waiting > 0 ? `${said} · ${decisions(waiting)}` : said };
  }
  if ((outbox?.attention ?? 0) > 0) {
    const count = outbox?.attention ?? 0;
    return { state: 'attention', text: count === 1 ? '1 delivery needs you' : `${count} deliveries need you` };
  }
  if (away.length > 0) return { state: 'offline', text: `${away.length} of ${active.length} offline${waiting > 0 ? ` · ${decisions(waiting)}` : ''}` };
  if ((outbox?.pending ?? 0) > 0) return { state: 'online', text: decisions(outbox?.pending ?? 0) };
  if ((outbox?.held ?? 0) > 0) return { state: 'online', text: `Sending ${outbox?.held ?? 0}` };
  return { state: 'online', text: active.length === 0 ? 'Nothing connected' : 'All sent' };
}
