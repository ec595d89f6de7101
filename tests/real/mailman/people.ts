import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { MailmanServer } from './server.ts';

const page = z.object({ total_size: z.number(), entries: z.array(z.record(z.string(), z.unknown())).default([]) });
export type WireEntry = z.infer<typeof page>['entries'][number];

/** Those who write to lists, ask to join them, and moderate them in the web interface. */
export type People = {
  readonly call: (method: string, path: string, form?: Readonly<Record<string, string>>) => Promise<{ readonly status: number; readonly answer: unknown }>;
  readonly list: (name: string, more?: Readonly<Record<string, string>>) => Promise<string>;
  /** Mails a whole message to a list, and waits until it is held there. */
  readonly mail: (list: string, from: string, raw: string) => Promise<WireEntry>;
  /** A plain message. */
  readonly write: (list: string, from: string, subject: string, words?: string) => Promise<WireEntry>;
  /** Many at once; waits until all are held. */
  readonly writeMany: (list: string, from: string, count: number) => Promise<void>;
  readonly held: (list: string) => Promise<readonly WireEntry[]>;
  readonly ask: (list: string, email: string, name: string) => Promise<string>;
  /** Subscribes someone who then asks to leave; answers the request's token. */
  readonly askToLeave: (list: string, email: string) => Promise<string>;
  /** Tomás decides in the web interface, which uses this API too. */
  readonly handle: (list: string, id: unknown, action: string) => Promise<void>;
  readonly memberOf: (list: string, role: string, email: string) => Promise<WireEntry | null>;
  /** How many messages lie in one of the server's queues. */
  readonly queued: (queue: string) => Promise<number>;
};

export function peopleOf(server: MailmanServer): People {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const call: People['call'] = async (method, path, form) => {
    const response = await fetch(`${server.url}/3.1${path}`, { method, headers: { authorization }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }) });
    const text = await response.text();
    return { status: response.status, answer: text === '' ? null : JSON.parse(text) };
  };
  const must = async (method: string, path: string, form?: Readonly<Record<string, string>>): Promise<unknown> => {
    const { status, answer } = await call(method, path, form);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const held: People['held'] = async (list) => page.parse(await must('GET', `/lists/${idOf(list)}/held`)).entries;
  const mail: People['mail'] = async (list, from, raw) => {
    const before = new Set((await held(list)).map(({ hold_date: at }) => at));
    await lmtp(server.lmtpPort, from, list, raw);
    for (let tries = 0; tries < 200; tries += 1) {
      const one = (await held(list)).find(({ hold_date: at }) => !before.has(at));
      if (one !== undefined) return one;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error(`what ${from} wrote was not held`);
  };
  return {
    call, held, mail,
    async list(name, more = {}) {
      const address = `${name}@lists.example`;
      if ((await call('GET', '/domains/lists.example')).status === 404) await must('POST', '/domains', { mail_host: 'lists.example' });
      await must('POST', '/lists', { fqdn_listname: address });
      // No notices: then what is written to people is only what decisions write.
      await must('PATCH', `/lists/${idOf(address)}/config`, { admin_immed_notify: 'False', respond_to_post_requests: 'False', send_welcome_message: 'False', send_goodbye_message: 'False', subscription_policy: 'moderate', unsubscription_policy: 'moderate', ...more });
      return address;
    },
    write: (list, from, subject, words = 'Words') => mail(list, from, `From: ${from}\nTo: ${list}\nSubject: ${subject}\n\n${words}\n`),
    async writeMany(list, from, count) {
      const before = (await held(list)).length;
      await Promise.all(Array.from({ length: count }, (_, n) => lmtp(server.lmtpPort, from, list, `From: ${from}\nTo: ${list}\nSubject: Many ${n}\n\nWords\n`)));
      for (let tries = 0; (await held(list)).length < before + count; tries += 1) {
        if (tries > 300) throw new Error('not all were held');
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
    },
    async ask(list, email, name) {
      return z.object({ token: z.string() }).parse(await must('POST', '/members', { list_id: idOf(list), subscriber: email, display_name: name, pre_verified: 'True', pre_confirmed: 'True' })).token;
    },
    async askToLeave(list, email) {
      await must('POST', '/members', { list_id: idOf(list), subscriber: email, pre_verified: 'True', pre_confirmed: 'True', pre_approved: 'True' });
      const { member_id: id } = z.object({ member_id: z.string() }).parse(await must('GET', `/lists/${idOf(list)}/member/${email}`));
      return z.object({ token: z.string() }).parse(await must('DELETE', `/members/${id}`, { pre_confirmed: 'True' })).token;
    },
    async handle(list, id, action) {
      await must('POST', `/lists/${idOf(list)}/held/${String(id)}`, { action });
    },
    async memberOf(list, role, email) {
      const { status, answer } = await call('GET', `/lists/${idOf(list)}/${role}/${email}`);
      return status === 404 ? null : z.record(z.string(), z.unknown()).parse(answer);
    },
    async queued(queue) {
      return z.object({ count: z.number() }).parse(await must('GET', `/queues/${queue}`)).count;
    },
  };
}

function idOf(list: string): string {
  return list.replace('@', '.');
}

/** Hands a message to Mailman as a mail server does (RFC 2033). */
async function lmtp(port: number, from: string, to: string, raw: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  const expectReply = async (wanted: string): Promise<void> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true || (/^\d{3} /.test(value) && !value.startsWith(wanted))) throw new Error(`LMTP said: ${done === true ? 'nothing' : value}`);
      if (value.startsWith(`${wanted} `)) return;
    }
  };
  const body = raw.replaceAll(/\r?\n/g, '\r\n').replaceAll(/^\./gm, '..');
  await expectReply('220');
  for (const [line, wanted] of [['LHLO docket', '250'], [`MAIL FROM:<${from}>`, '250'], [`RCPT TO:<${to}>`, '250'], ['DATA', '354'], [`${body}\r\n.`, '250'], ['QUIT', '221']] as const) {
    socket.write(`${line}\r\n`);
    await expectReply(wanted);
  }
  socket.destroy();
}
