import { z } from 'zod';
import type { Client } from './client.ts';
import { options } from './schemas.ts';
import { XrpcRefused } from './xrpc.ts';

const POLICIES = 'tools.ozone.setting.policyList';
const LEVELS = 'tools.ozone.setting.severityLevels';
const TAGS = 'tools.ozone.setting.protectedTags';

const text = z.string().optional().catch(undefined);
const count = z.number().int().min(0).optional().catch(undefined);

/** Written by Ozone's own checks as `expiresInDays`, by its web client as `expiryInDays` (packages/ozone/src/setting/validators.ts). */
const level = z.object({ strikeCount: count, strikeOnOccurrence: count, firstOccurrenceStrikeCount: count, expiresInDays: count, expiryInDays: count });
export type Level = z.infer<typeof level>;

const policy = z.object({
  name: text,
  description: text,
  severityLevels: z.record(z.string(), z.object({ isDefault: z.boolean().optional().catch(undefined) }).catch({ isDefault: undefined })).catch({}),
});
export type Policy = { readonly slug: string; readonly name: string; readonly description: string; /** What a violation counts as when nobody says otherwise. */ readonly severity: string | null };

const protectedTag = z.object({ roles: z.array(z.string()).optional().catch(undefined), moderators: z.array(z.string()).optional().catch(undefined) });

/** What the team has set up for everyone (Ozone: Configure). */
export type TeamSettings = {
  readonly policies: readonly Policy[];
  readonly levels: ReadonlyMap<string, Level>;
  /** Tags that only some may set, with whom they are for. */
  readonly tags: ReadonlyMap<string, z.infer<typeof protectedTag>>;
};

/** The team's settings; empty where there are none, or the Ozone is older. */
export async function teamSettings(client: Client, labeler: string, signal: AbortSignal): Promise<TeamSettings> {
  const listed = await client.get(labeler, 'tools.ozone.setting.listOptions', { scope: 'instance', keys: [POLICIES, LEVELS, TAGS], limit: 10 }, options, signal)
    .catch((error: unknown) => {
      if (error instanceof XrpcRefused) return { options: [] };
      throw error;
    });
  const read = <Value>(key: string, shape: z.ZodType<Value>): Map<string, Value> => new Map(
    Object.entries(listed.options.find((option) => option.key === key)?.value ?? {}).flatMap(([name, value]): [string, Value][] => {
      const parsed = shape.safeParse(value);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
  const policies = [...read(POLICIES, policy)].map(([slug, { name, description, severityLevels }]): Policy => ({
    slug, name: name ?? slug, description: description ?? '',
    severity: Object.entries(severityLevels).find(([, { isDefault }]) => isDefault === true)?.[0] ?? null,
  }));
  return { policies: policies.sort((a, b) => (a.name < b.name ? -1 : 1)), levels: read(LEVELS, level), tags: read(TAGS, protectedTag) };
}

/** The policy that a decision's guideline is ("2 No adverts"), where the platform published it. */
export function policyOf({ policies }: TeamSettings, guideline: string | null): Policy | undefined {
  const title = guideline?.replace(/^\S+\s+/, '');
  return title === undefined ? undefined : policies.find(({ name }) => name === title);
}
