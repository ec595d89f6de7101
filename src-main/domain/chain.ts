import { hash } from 'node:crypto';

/** What stands before the first event. */
export const CHAIN_START = '0'.repeat(64);

/** One event as it is stored: what the hash covers, byte for byte. */
export type ChainLink = {
  readonly id: string;
  readonly actor: string;
  readonly device: string;
  readonly at: number;
  readonly counter: number;
  readonly kind: string;
  readonly source: string;
  /** Canonical JSON. */
  readonly subjects: string;
  /** Canonical JSON. */
  readonly public: string;
  readonly payloadHash: string | null;
  readonly previous: string;
};

/** JSON with sorted keys and no spaces, so that equal values have equal bytes. Refuses what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('JSON has no such number');
  if (value === null || typeof value !== 'object') {
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined) throw new Error(`JSON has no ${typeof value}`);
    return text;
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** The hash that stands for a payload in the chain. The salt keeps an erased short text from being guessed. */
export function payloadHash(salt: string, body: string): string {
  return sha256(JSON.stringify([salt, body]));
}

/** An event's hash: over everything it says and the hash before it. */
export function eventHash(link: ChainLink): string {
  return sha256(JSON.stringify([
    link.previous, link.id, link.actor, link.device, link.at, link.counter, link.kind, link.source,
    link.subjects, link.public, link.payloadHash,
  ]));
}

/** What a walk along the chain has to see of each event. */
export type StoredLink = ChainLink & {
  readonly seq: number;
  readonly hash: string;
  /** Null where it has none or it was erased. */
  readonly payload: { readonly salt: string; readonly body: string } | null;
};

export type ChainProblem = { readonly seq: number; readonly problem: string };

/**
 * Walks one step: null where `link` follows `before` (null for the first) and is what was written. An absent payload
 * is no problem here: whether its erasure was recorded is the reader's question.
 */
export function checkLink(before: { readonly seq: number; readonly hash: string } | null, link: StoredLink): ChainProblem | null {
  const problem = (text: string): ChainProblem => ({ seq: link.seq, problem: text });
  if (link.seq !== (before?.seq ?? 0) + 1) return problem(`events are missing before event ${link.seq}`);
  if (link.previous !== (before?.hash ?? CHAIN_START)) return problem(`event ${link.seq} does not follow the one before it`);
  if (eventHash(link) !== link.hash) return problem(`event ${link.seq} was changed after it was written`);
  if (link.payload !== null && payloadHash(link.payload.salt, link.payload.body) !== link.payloadHash) {
    return problem(`the payload of event ${link.seq} was changed after it was written`);
  }
  return null;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
