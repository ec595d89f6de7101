import { SUBJECT_TYPES } from '../../contract/words.ts';
import type { SubjectType, Verb } from '../../contract/words.ts';
import type { Capabilities, Capability } from '../connector.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What an order can be about: everything but putting off, which happens in Docket. */
const ABOUT: readonly (readonly [Verb, Capability & { readonly can: true }, readonly SubjectType[]])[] = [
  ['remove', { can: true, target: 'subject', reversible: true, message: true }, ['post', 'message', 'community']],
  ['restore', { can: true, target: 'subject', reversible: true }, ['post', 'message', 'community']],
  ['lock', { can: true, target: 'subject', reversible: true }, ['post', 'community']],
  ['label', { can: true, target: 'subject', reversible: true }, SUBJECT_TYPES],
  ['warn', { can: true, target: 'member', reversible: false, message: true }, ['post', 'message', 'member']],
  ['message', { can: true, target: 'member', reversible: false, message: true }, ['post', 'message', 'member']],
  ['mute', { can: true, target: 'member', reversible: true, message: true, durations: [HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS] }, ['post', 'message', 'member']],
  ['suspend', { can: true, target: 'member', reversible: true, message: true, durations: [DAY_MS, 7 * DAY_MS, 30 * DAY_MS, null] }, ['post', 'message', 'member']],
  ['dismiss', { can: true, target: 'subject', reversible: true }, SUBJECT_TYPES],
  ['escalate', { can: true, target: 'subject', reversible: true }, SUBJECT_TYPES],
];

/** The verbs a person may name as those that the endpoint carries out. */
export const ORDERED_VERBS: readonly Verb[] = ABOUT.map(([verb]) => verb);

/**
 * What can be done. With an endpoint: what it is said to carry out. Without one every decision can be taken, and is
 * recorded in Docket alone (`local`).
 */
export function capabilitiesFor(endpoint: { readonly verbs: ReadonlySet<Verb> } | null, labels: readonly string[]): Capabilities {
  return Object.fromEntries(SUBJECT_TYPES.map((type) => [type, Object.fromEntries(ABOUT.map(([verb, general, types]): [Verb, Capability] => {
    const can = verb === 'label' ? { ...general, labels } : general;
    if (!types.includes(type)) return [verb, { can: false, why: `This makes no sense for a ${type}.` }];
    if (verb === 'label' && labels.length === 0) return [verb, { can: false, why: 'No labels are named in the connection’s settings.' }];
    // Without anywhere to send it, a message would reach nobody.
    if (endpoint === null) return [verb, verb === 'message' ? { can: false, why: 'No delivery endpoint is set for this connection, so a message would reach nobody.' } : { ...can, local: true, message: false }];
    return [verb, endpoint.verbs.has(verb) ? can : { can: false, why: 'The connection’s settings say that its delivery endpoint does not carry this out.' }];
  }))]));
}
