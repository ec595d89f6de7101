import type { WireChannel, WireGuild, WireMember } from './schemas.ts';

/** What Docket needs, by the names in Discord's own settings (topics/permissions, "Bitwise Permission Flags"). */
export const PERMISSION = {
  kick: { bit: 1n << 1n, name: 'Kick Members', why: 'to remove members' },
  ban: { bit: 1n << 2n, name: 'Ban Members', why: 'to ban members and to lift bans' },
  manageServer: { bit: 1n << 5n, name: 'Manage Server', why: 'to read the AutoMod rules and to hear of AutoMod at once' },
  auditLog: { bit: 1n << 7n, name: 'View Audit Log', why: 'to know what AutoMod blocked and what colleagues did' },
  viewChannels: { bit: 1n << 10n, name: 'View Channels', why: 'to see the alerts and what was said around' },
  manageMessages: { bit: 1n << 13n, name: 'Manage Messages', why: 'to delete messages' },
  history: { bit: 1n << 16n, name: 'Read Message History', why: 'to read the alerts and what was said around' },
  manageThreads: { bit: 1n << 34n, name: 'Manage Threads and Posts', why: 'to lock threads' },
  timeOut: { bit: 1n << 40n, name: 'Timeout Members', why: 'to time members out' },
} as const;
export type PermissionName = keyof typeof PERMISSION;

const ADMINISTRATOR = 1n << 3n;
const EVERYTHING = (1n << 64n) - 1n;

/** What a member may do in the server as a whole (topics/permissions, "Permission Overwrites", compute_base_permissions). */
export function permissionsIn({ id, owner_id, roles }: WireGuild, member: WireMember, userId: string): bigint {
  if (owner_id === userId) return EVERYTHING;
  const held = new Set([id, ...member.roles]);
  const all = roles.reduce((bits, role) => (held.has(role.id) ? bits | role.permissions : bits), 0n);
  return (all & ADMINISTRATOR) === 0n ? all : EVERYTHING;
}

/** The same in one channel (compute_overwrites). */
export function permissionsInChannel(base: bigint, { permission_overwrites: overwrites }: WireChannel, guildId: string, member: WireMember, userId: string): bigint {
  if (base === EVERYTHING) return base;
  const applied = (bits: bigint, ids: ReadonlySet<string>): bigint => {
    const fitting = overwrites.filter(({ id }) => ids.has(id));
    return (bits & ~fitting.reduce((deny, one) => deny | one.deny, 0n)) | fitting.reduce((allow, one) => allow | one.allow, 0n);
  };
  return applied(applied(applied(base, new Set([guildId])), new Set(member.roles)), new Set([userId]));
}

export function has(bits: bigint, name: PermissionName): boolean {
  return (bits & PERMISSION[name].bit) !== 0n;
}
