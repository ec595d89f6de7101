import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

type Sent = { readonly op: number; readonly d: Record<string, unknown> | number | null };

/** A gateway as events/gateway describes it: HELLO, sessions that can be resumed, heartbeats, close codes. */
export type ScriptedGateway = {
  readonly url: string;
  /** What clients sent, in order. */
  readonly heard: Sent[];
  /** Paths that were opened, with their query. */
  readonly opened: string[];
  /** The token that is let in. */
  token: string;
  /** Closes with this code instead of READY. */
  refuses: number | null;
  heartbeatMs: number;
  /** Answers heartbeats; false makes a zombie. */
  acks: boolean;
  /** Hangs up as soon as a session began or went on, with this opcode or close code. */
  hangsUp: { readonly op?: number; readonly code?: number } | null;
  /** Greets nobody before this is done. */
  busy: Promise<void>;
  /** A session that was broken off can be resumed. */
  resumes: boolean;
  /** Sends an event to every session, also to those that are broken off just now. */
  readonly dispatch: (t: string, d: unknown) => void;
  /** Sends an opcode to who is connected. */
  readonly say: (op: number, d?: unknown) => void;
  /** Sends the last event once more, under its old number. */
  readonly repeat: () => void;
  /** Ends all connections, with this close code or by cutting the line. */
  readonly drop: (code?: number) => void;
  /** Waits until something was heard that fits. */
  readonly until: (fits: (gateway: ScriptedGateway) => boolean) => Promise<void>;
  readonly connected: () => number;
  readonly close: () => Promise<void>;
};

type Session = { readonly id: string; seq: number; readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[]; socket: WebSocket | null };

function send(socket: WebSocket, packet: unknown): void {
  socket.send(JSON.stringify(packet));
}

export async function startGateway(token: string): Promise<ScriptedGateway> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const sessions = new Map<string, Session>();
  let watchers: (() => void)[] = [];
  const told = (): void => {
    for (const watcher of watchers) watcher();
  };

  function give(session: Session, t: string, d: unknown): void {
    session.seq += 1;
    session.events.push({ s: session.seq, t, d });
    if (session.socket !== null) send(session.socket, { op: 0, s: session.seq, t, d });
  }

  function hear(socket: WebSocket, { op, d }: Sent): void {
    if (op === 1) {
      if (gateway.acks) send(socket, { op: 11 });
      return;
    }
    const data = typeof d === 'object' ? d : null;
    if (op !== 2 && op !== 6) return;
    if (data?.['token'] !== gateway.token) return socket.close(4004, 'Authentication failed.');
    if (gateway.refuses !== null) return socket.close(gateway.refuses);
    if (op === 2) {
      const session: Session = { id: `session${sessions.size}`, seq: 0, events: [], socket };
      sessions.set(session.id, session);
      give(session, 'READY', { v: 10, user: { id: '1', email: 'secret@mail.example' }, guilds: [], session_id: session.id, resume_gateway_url: `${gateway.url}/resume`, application: { id: '1', flags: 0 } });
      return;
    }
    const session = sessions.get(String(data['session_id']));
    if (session === undefined || !gateway.resumes) return send(socket, { op: 9, d: false });
    session.socket = socket;
    for (const event of session.events) if (event.s > Number(data['seq'])) send(socket, { op: 0, ...event });
    give(session, 'RESUMED', {});
  }

  server.on('connection', (socket, request) => {
    gateway.opened.push(request.url ?? '');
    void gateway.busy.then(() => send(socket, { op: 10, d: { heartbeat_interval: gateway.heartbeatMs } }));
    socket.on('message', (text) => {
      const packet = JSON.parse(String(text)) as Sent;
      gateway.heard.push(packet);
      hear(socket, packet);
      if ((packet.op === 2 || packet.op === 6) && gateway.hangsUp !== null) {
        if (gateway.hangsUp.op === undefined) socket.close(gateway.hangsUp.code);
        else send(socket, { op: gateway.hangsUp.op, d: null });
      }
      told();
    });
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) session.socket = null;
      told();
    });
    told();
  });

  const gateway: ScriptedGateway = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [], opened: [], token, refuses: null, heartbeatMs: 40, acks: true, resumes: true, hangsUp: null, busy: Promise.resolve(),
    dispatch(t, d) {
      for (const session of sessions.values()) give(session, t, d);
    },
    say(op, d = null) {
      for (const socket of server.clients) send(socket, { op, d });
    },
    repeat() {
      for (const { socket, events } of sessions.values()) if (socket !== null) send(socket, { op: 0, ...events.at(-1) });
    },
    drop(code) {
      for (const socket of server.clients) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    async until(fits) {
      if (fits(gateway)) return;
      await new Promise<void>((resolve, reject) => {
        const watcher = (): void => {
          if (fits(gateway)) resolve();
        };
        watchers.push(watcher);
        setTimeout(() => reject(new Error(`not heard in time: ${JSON.stringify(gateway.heard.map(({ op }) => op))}`)), 8000).unref();
      });
      watchers = [];
    },
    connected: () => server.clients.size,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return gateway;
}
