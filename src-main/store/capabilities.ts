import { z } from 'zod';
import type { Capability } from '../connectors/connector.ts';
import { VERBS } from '../contract/words.ts';
import type { Verb } from '../contract/words.ts';

const capability = z.discriminatedUnion('can', [
  z.object({
    can: z.literal(true),
    target: z.enum(['subject', 'member', 'reporter']),
    reversible: z.boolean(),
    durations: z.array(z.number().nullable()).exactOptional(),
    labels: z.array(z.string()).exactOptional(),
    message: z.boolean().exactOptional(),
    reasonShown: z.boolean().exactOptional(),
    local: z.boolean().exactOptional(),
  }),
  z.object({ can: z.literal(false), why: z.string() }),
]);

/** Capabilities by verb, as they are kept. */
export const verbCapabilities: z.ZodType<{ readonly [verb in Verb]?: Capability }> = z.partialRecord(z.enum(VERBS), capability);

/** What a subject's own column says; nothing where it is empty. */
export function readVerbs(text: string | null): { readonly [verb in Verb]?: Capability } {
  return text === null ? {} : verbCapabilities.parse(JSON.parse(text));
}
