import { timingSafeEqual } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { z } from 'zod';

const answerSchema = z.object({
  /** Whether a window was opened or brought to the front. */
  window: z.boolean(),
  /** Where to open one by hand, good once; null where the host has no address. */
  url: z.string().nullable(),
  /** It is about to end: the asker may wait for the data directory. */
  stopping: z.boolean(),
});
export type ShowAnswer = z.infer<typeof answerSchema>;

/** `show`: bring your window up. `who`: only say that you are there. */
export type Question = 'show' | 'who';

export type Control = { readonly port: number; readonly close: () => Promise<void> };

const LONGEST_LINE = 200;

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** One line in, one line out. */
function firstLine(socket: Socket, most: number): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
      else if (text.length > most) resolve(null);
    });
    socket.on('close', () => resolve(null));
    socket.on('error', () => resolve(null));
  });
}

/**
 * Listens on 127.0.0.1 for another start of Docket, which proves by the lock file's secret that it is the same
 * person's. It says `show <secret>` or `who <secret>`; anything else is hung up on.
 */
export async function openControl(secret: string, answer: (question: Question) => Promise<ShowAnswer>): Promise<Control> {
  const server: Server = createServer((socket) => {
    void firstLine(socket, LONGEST_LINE).then(async (line) => {
      const question = (['show', 'who'] as const).find((known) => line !== null && equal(line, `${known} ${secret}`));
      if (question === undefined) return socket.destroy();
      const said = await answer(question).catch((): ShowAnswer => ({ window: false, url: null, stopping: false }));
      return socket.end(`${JSON.stringify(said)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the control server has no port');
  return {
    port: address.port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
    }),
  };
}

export type AskResult =
  | { readonly kind: 'answered'; readonly answer: ShowAnswer }
  /** Nobody listens there: that process is gone. */
  | { readonly kind: 'nobody' }
  /** Someone listens and did not prove to be Docket within the time. */
  | { readonly kind: 'mute' };

/** Asks the process behind a lock. */
export function askOther(question: Question, port: number, secret: string, limitMs: number): Promise<AskResult> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const timer = setTimeout(() => {
      resolve({ kind: 'mute' });
      socket.destroy();
    }, limitMs);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ kind: error.code === 'ECONNREFUSED' ? 'nobody' : 'mute' });
    });
    socket.once('connect', () => socket.write(`${question} ${secret}\n`));
    void firstLine(socket, 10_000).then((line) => {
      clearTimeout(timer);
      socket.destroy();
      return resolve(parseAnswer(line));
    });
  });
}

function parseAnswer(line: string | null): AskResult {
  try {
    return { kind: 'answered', answer: answerSchema.parse(JSON.parse(line ?? '')) };
  } catch {
    return { kind: 'mute' };
  }
}
