import { createHash } from 'node:crypto';

/** What a Mailman core remembers, as 3.3.8 on SQLite was measured to. */

export type Held = {
  readonly id: number; readonly list: string; readonly sender: string; readonly subject: string; readonly messageId: string;
  readonly at: number; readonly rules: readonly string[]; readonly reasons: readonly (string | readonly string[])[];
};
export type Request = { readonly token: string; readonly list: string; readonly type: 'subscription' | 'unsubscription'; readonly email: string; readonly name: string; readonly at: number; readonly owner: 'moderator' | 'subscriber' };
export type Membership = { readonly id: string; readonly list: string; readonly email: string; readonly role: 'member' | 'nonmember' | 'owner'; action: string | null };
export type ScriptedList = { readonly id: string; readonly address: string; readonly title: string; description: string; info: string };

export type World = {
  readonly lists: Map<string, ScriptedList>;
  readonly held: Held[];
  readonly requests: Request[];
  readonly memberships: Membership[];
  /** By list id; '' for the whole server. */
  readonly bans: Map<string, Set<string>>;
  /** What was mailed to people, in words. */
  readonly mailed: string[];
  deeds: number;
  readonly addList: (name: string, more?: Partial<Pick<ScriptedList, 'description' | 'info'>>) => ScriptedList;
  readonly hold: (list: string, more?: Partial<Omit<Held, 'id' | 'list'>> & { readonly raw?: string }) => Held;
  readonly ask: (list: string, email: string, more?: Partial<Pick<Request, 'type' | 'name' | 'owner'>>) => Request;
  /** Someone handles a held message in the web interface. */
  readonly handle: (held: Held, action: string, comment?: string) => void;
  readonly settle: (request: Request, action: string, reason?: string) => void;
  readonly isBanned: (list: string, email: string) => boolean;
  readonly join: (list: string, email: string, role?: Membership['role']) => Membership;
  readonly memberAt: (list: string, email: string, role: string) => Membership | undefined;
  readonly textOf: (held: Held) => string;
};

export function makeWorld(now: () => number): World {
  let made = 0;
  const next = (): number => {
    made += 1;
    return made;
  };
  const hex = (length: number): string => createHash('sha1').update(`seed ${next()}`).digest('hex').slice(0, length);
  /** One text for each Message-ID: a second message with the same one is held with the first's. */
  const store = new Map<string, string>();

  const world: World = {
    lists: new Map(), held: [], requests: [], memberships: [], bans: new Map([['', new Set()]]), mailed: [], deeds: 0,
    addList(name, more = {}) {
      const list = { id: `${name}.lists.example`, address: `${name}@lists.example`, title: name.charAt(0).toUpperCase() + name.slice(1), description: '', info: '', ...more };
      world.lists.set(list.id, list);
      world.bans.set(list.id, new Set());
      return list;
    },
    hold(list, more = {}) {
      const number = next();
      const { raw, ...rest } = more;
      const one = {
        // The number of the newest is given out again once that is handled: SQLite counts from the largest there is.
        id: Math.max(0, ...world.held.slice(-1).map(({ id }) => id)) + 1, list, sender: 'piet@example.org', subject: `Held ${number}`, messageId: `<m${number}@example.org>`, at: now(),
        rules: ['nonmember-moderation'], reasons: ['The message is not from a list member'], ...rest,
      };
      world.held.push(one);
      if (!store.has(one.messageId)) store.set(one.messageId, raw ?? `From: Piet <${one.sender}>\nTo: ${list}\nSubject: ${one.subject}\nMessage-ID: ${one.messageId}\n\nWords of ${one.subject}\n`);
      if (world.memberAt(list, one.sender, 'member') === undefined && world.memberAt(list, one.sender, 'nonmember') === undefined && one.rules.includes('nonmember-moderation')) world.join(list, one.sender, 'nonmember');
      return one;
    },
    ask(list, email, more = {}) {
      const one = { token: hex(40), list, type: 'subscription' as const, email, name: '', at: now(), owner: 'moderator' as const, ...more };
      world.requests.push(one);
      return one;
    },
    handle(one, action, comment) {
      world.deeds += 1;
      if (action === 'defer' || action === 'hold') return;
      world.held.splice(world.held.indexOf(one), 1);
      if (!world.held.some(({ messageId }) => messageId === one.messageId)) store.delete(one.messageId);
      if (action === 'reject') world.mailed.push(`${one.sender}: ${comment ?? '[No reason given]'}`);
      if (action === 'accept') world.mailed.push(`${one.list}: ${one.subject}`);
    },
    settle(one, action, reason) {
      world.deeds += 1;
      if (action === 'defer' || action === 'hold') return;
      world.requests.splice(world.requests.indexOf(one), 1);
      if (action === 'reject') world.mailed.push(`${one.email}: ${reason ?? '[No reason given]'}`);
      if (action !== 'accept') return;
      const member = world.memberAt(one.list, one.email, 'member');
      if (one.type === 'subscription' && member === undefined) world.join(one.list, one.email);
      if (one.type === 'unsubscription' && member !== undefined) world.memberships.splice(world.memberships.indexOf(member), 1);
    },
    /** A list's bans, the server's, and patterns that begin with ^ (mailman/model/bans.py). */
    isBanned: (list, email) => [...world.bans.get(list) ?? [], ...world.bans.get('') ?? []].some((one) => (one.startsWith('^') ? new RegExp(one, 'i').test(email) : one === email)),
    join(list, email, role = 'member') {
      const one: Membership = { id: hex(32), list, email, role, action: null };
      world.memberships.push(one);
      return one;
    },
    memberAt: (list, email, role) => world.memberships.find((one) => one.list === list && one.email === email && one.role === role),
    textOf: ({ messageId }) => store.get(messageId) ?? `Subject: Message content lost\nMessage-ID: ${messageId}\n\nThis held message has been lost.\n`,
  };
  return world;
}
