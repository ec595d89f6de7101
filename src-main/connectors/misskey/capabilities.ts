import type { Capabilities, Capability } from '../connector.ts';
import { NO_ANNOUNCEMENTS, NO_SILENCER } from './deeds.ts';
import type { Silencer } from './silencing.ts';

const DAY_MS = 24 * 3_600_000;
const DURATIONS = [DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS, null];

const no = (why: string): Capability => ({ can: false, why });
const onSubject: Capability = { can: true, target: 'subject', reversible: false };

/** What can be done; `denied` has a sentence for each permission that is missing. */
export function capabilitiesOf(denied: ReadonlyMap<string, string>, silencer: Silencer | null, announces: boolean): Capabilities {
  /** Every decision also resolves reports. */
  const having = (permission: string | null, can: Capability): Capability => {
    const why = denied.get('write:admin:resolve-abuse-user-report') ?? denied.get(permission ?? '');
    return why === undefined || !can.can ? can : no(why);
  };
  const word: Capability = announces ? { can: true, target: 'member', reversible: true, message: true } : no(NO_ANNOUNCEMENTS);
  const common = {
    dismiss: having(null, onSubject),
    suspend: having('write:admin:suspend-user', { can: true, target: 'member', reversible: !denied.has('write:admin:unsuspend-user'), durations: [null] }),
    mute: having('write:admin:roles', silencer === null ? no(denied.get('read:admin:roles') ?? NO_SILENCER) : { can: true, target: 'member', reversible: true, durations: DURATIONS }),
    warn: having('write:admin:announcements', word),
    message: having('write:admin:announcements', word),
    label: no('Misskey has no labels for notes or members.'),
    lock: no('Misskey has no threads that could be closed.'),
  } as const;
  return {
    post: { ...common, remove: having('write:notes', onSubject), restore: no('A deleted note does not come back.') },
    member: {
      ...common,
      remove: no('Deleting an account cannot be taken back; an admin does it in the control panel.'),
      restore: no('Members are not removed: take the suspension back.'),
    },
  };
}
