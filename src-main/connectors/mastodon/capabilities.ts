import { VERBS } from '../../contract/words.ts';
import type { Verb } from '../../contract/words.ts';
import type { Capabilities, Capability } from '../connector.ts';
import type { Access, Dialect, Permission, Way, Ways } from './dialect.ts';

/** What the account can do there: what the software can, less what the role and the token do not allow. */
export function capabilitiesOf(dialect: Dialect, access: Access): Capabilities {
  return { post: ofType(dialect, dialect.ways.post, access, 'post'), member: ofType(dialect, dialect.ways.member, access, 'member') };
}

function ofType(dialect: Dialect, ways: Ways, access: Access, type: 'post' | 'member'): { readonly [verb in Verb]?: Capability } {
  const found: { [verb in Verb]?: Capability } = {};
  for (const verb of VERBS) {
    const way = ways[verb];
    if (way !== undefined) found[verb] = capabilityOf(dialect, way, access, type);
  }
  return found;
}

function capabilityOf(dialect: Dialect, way: Way, access: Access, type: 'post' | 'member'): Capability {
  if (way.by === 'nothing') return { can: false, why: way.why };
  const needed: Permission = ({ account: 'accounts', post: 'posts', lifting: 'accounts', reports: 'reports' } as const)[way.by];
  if (!access[needed]) return { can: false, why: dialect.grant[needed] };
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
