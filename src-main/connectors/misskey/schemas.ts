import { z } from 'zod';

/** Ids sort by time as text, whatever way of making them the server is set to (packages/backend/src/core/IdService.ts). */
export const misskeyId = z.string().regex(/^[0-9a-z]{1,64}$/i);

const text = z.string().nullish().catch(null).transform((value) => value ?? null);
const flag = z.boolean().nullish().catch(null).transform((value) => value === true);
const count = z.number().int().nonnegative().nullish().catch(null).transform((value) => value ?? null);
const id = misskeyId.nullish().catch(null).transform((value) => value ?? null);
const when = z.string().nullish().catch(null).transform((value) => {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : at;
});

/** Addresses, e-mails and sign-ins that admin/show-user tells are left out. */
export const user = z.object({
  id: misskeyId, username: text, name: text, host: text, description: text, createdAt: when, notesCount: count, isSuspended: flag, isSilenced: flag,
  /** What moderators wrote about the account; told to moderators alone. */
  moderationNote: text,
});
export type WireUser = z.infer<typeof user>;
const someone = user.nullish().catch(null).transform((value) => value ?? null);

/** Only the id must be there: without the rest a report still arrives. */
export const report = z.object({
  id: misskeyId, createdAt: when, comment: text, resolved: flag, resolvedAs: text, reporterId: id, targetUserId: id, assigneeId: id,
  reporter: someone, targetUser: someone, assignee: someone, moderationNote: text,
});
export type WireReport = z.infer<typeof report>;
export const reports = z.array(report);

const file = z.object({
  url: z.string(), type: text, comment: text,
  properties: z.object({ width: count, height: count }).nullish().catch(null),
}).nullable().catch(null);
const all = <Item>(item: z.ZodType<Item>) => z.array(item).nullish().catch(null).transform((value) => value ?? []);

const poll = z.object({ choices: all(z.object({ text }).nullable().catch(null)) }).nullish().catch(null);
const noteItself = z.object({
  id, createdAt: when, updatedAt: when, deletedAt: when, text, cw: text, userId: id, user: someone, visibility: text, isHidden: flag, uri: text, files: all(file), poll,
});
/** A note with the one that it passes on, or quotes. */
export const note = noteItself.extend({ renote: noteItself.nullish().catch(null).transform((value) => value ?? null) });
export type WireNote = z.infer<typeof note>;
export const notes = z.array(note);

/** Before 2023.9, and in servers that grew out of that, `targetId` is the member (admin/suspend-user.ts). */
const info = z.object({ reportId: id, userId: id, targetId: id, noteId: id, noteUserId: id, roleId: id, resolvedAs: text }).transform(({ targetId, ...rest }) => ({ ...rest, userId: rest.userId ?? targetId }));
const nothing = { reportId: null, userId: null, noteId: null, noteUserId: null, roleId: null, resolvedAs: null };
export const logs = z.array(z.object({ id: misskeyId, createdAt: when, type: text, user: someone, info: info.catch(nothing) }));
export type WireLog = z.infer<typeof logs>[number];

export const self = user.extend({ isModerator: flag, isAdmin: flag });
/** Role (packages/backend/src/models/json-schema/role.ts), as far as it silences. */
const policy = z.object({ useDefault: flag, value: z.unknown() }).nullish().catch(null);
export const roles = z.array(z.object({
  id: misskeyId, name: text, target: text, isModerator: flag, isAdministrator: flag, canEditMembersByModerator: flag,
  policies: z.object({ canPublicNote: policy }).nullish().catch(null),
}).nullable().catch(null)).transform((some) => some.flatMap((one) => one ?? []));

export const announcement = z.object({ id: misskeyId, createdAt: when, text });
export const announcements = z.array(announcement.nullable().catch(null)).transform((some) => some.flatMap((one) => one ?? []));
/** What an endpoint takes, as the server itself tells it (endpoints/endpoint.ts). */
export const endpoint = z.object({ params: z.array(z.object({ name: text })).catch([]) }).nullable().catch(null);

export const meta = z.object({ serverRules: all(z.string().nullable().catch(null)), uri: text });
export const checked = z.object({ ok: z.boolean(), token: text });
/** `info.e` has the words of what an endpoint threw (ApiCallService.ts, onExecError). */
export const refusal = z.object({
  error: z.object({ code: text, message: text, info: z.object({ e: z.object({ message: text }).nullish().catch(null) }).nullish().catch(null) }),
});
