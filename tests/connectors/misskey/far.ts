import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { startMisskey, TOKEN } from './server.ts';

/** The scripted server as the conformance suite wants it: reported notes, some by several, and reported members. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }, admin = true): Promise<FarPlatform> {
  let filed = 0;
  const start = io.truly() - reports * 1000;
  const far = await startMisskey(() => start + filed * 1000);
  far.admin = admin;
  const members = Array.from({ length: 60 }, (_, n) => far.addUser(`member${n}`, n >= 40 ? 'far.example' : null));
  const member = (n: number): string => members[n % members.length] ?? '';
  const shared = Array.from({ length: 8 }, (_, n) => far.addNote(member(n), `Shared ${n}`));

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      // Each of the first few is about a note of its own, so that one report is all that an order resolves.
      const note = filed <= 6 ? far.addNote(member(filed), `Note ${filed}`) : filed % 4 === 0 ? shared[filed % shared.length] : undefined;
      const about = note === undefined ? '' : `${far.server.origin}/notes/${note}\n-----\n`;
      const target = note === undefined ? member(filed) : far.notes.get(note)?.userId ?? member(filed);
      far.report(target, member(filed + 1), `${about}Reason ${filed}`);
    }
  }
  publish(reports);
  return {
    values: { url: far.server.origin },
    secrets: { token: TOKEN },
    server: far.server,
    publish,
    open: () => [...far.reports.values()].filter(({ resolved }) => !resolved).map(({ id }) => id),
    actions: () => far.deeds,
    handle(subject) {
      for (const { id, comment, targetUserId } of far.reports.values()) {
        if (comment.includes(subject.remoteId) || targetUserId === subject.remoteId) far.resolve(id, 'accept', far.tomas);
      }
      return '@tomas';
    },
    close: far.close,
  };
}
