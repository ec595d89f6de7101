import { VERBS } from '../../contract/words.ts';
import type { Verb } from '../../contract/words.ts';
import type { Capabilities, Capability } from '../connector.ts';
import type { Dialect, Permission, Way, Ways } from './dialect.ts';

/** Why a permission is not given, as a sentence; null where it is. */
export type Refusals = Readonly<Record<Permission, string | null>>;

/** What the account can do there: what the software can, less what the role and the token do not allow. */
export function capabilitiesOf(dialect: Dialect, refusals: Refusals): Capabilities {
  return { post: ofType(dialect, dialect.ways.post, refusals, 'post'), member: ofType(dialect, dialect.ways.member, refusals, 'member') };
}

function ofType(dialect: Dialect, ways: Ways, refusals: Refusals, type: 'post' | 'member'): { readonly [verb in Verb]?: Capability } {
  const found: { [verb in Verb]?: Capability } = {};
  for (const verb of VERBS) {
    const way = ways[verb];
    if (way !== undefined) found[verb] = capabilityOf(dialect, way, refusals, type);
  }
  return found;
}

function capabilityOf(dialect: Dialect, way: Way, refusals: Refusals, type: 'post' | 'member'): Capability {
  if (way.by === 'nothing') return { can: false, why: way.why };
  const needed: Permission = (way.by === 'account' ? way.permission : undefined) ?? ({ account: 'accounts', post: 'posts', lifting: 'accounts', reports: 'reports' } as const)[way.by];
  const refusal = refusals[needed];
  if (refusal !== null) return { can: false, why: refusal };
  switch (way.by) {
    case 'reports': return { can: true, target: 'subject', reversible: dialect.reopen !== null };
    case 'lifting': return { can: true, target: 'subject', reversible: false };
    case 'post': return { can: true, target: 'subject', reversible: way.deed.undo !== null, ...labels(way.label) };
    case 'account': return {
      can: true, target: type === 'member' ? 'subject' : 'member', reversible: way.deed.undo !== null, ...labels(way.label), ...(way.message === true ? { message: true } : {}),
    };
  }
}

function labels(label: string | undefined): { readonly labels?: readonly string[] } {
  return label === undefined ? {} : { labels: [label] };
}
