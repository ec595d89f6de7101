import { create } from 'zustand';
import type { ImportView } from '../../src-main/contract/imports.ts';
import { client } from '../host/client.ts';
import { failureOf } from '../host/failure.ts';
import type { DeskFailure } from '../host/failure.ts';

/** A file on its way from this page to the backend. */
export type Upload = {
  readonly name: string;
  readonly bytes: number;
  readonly received: number;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly failure: DeskFailure | null;
};

/** Uploads of this page by their ids; after a reload the backend knows how far each was. */
export const useUploads = create<{ readonly uploads: Readonly<Record<string, Upload>> }>(() => ({ uploads: {} }));

/** As much as one call may carry: `CHUNK_BYTES` of contract/imports.ts, which a schema library comes with. */
const CHUNK_BYTES = 1024 * 1024;
/** The backend was away: it is asked again after this. */
const AGAIN_MS = 500;

const stopped = new Set<string>();

function show(id: string, change: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => {
    const before = uploads[id];
    return before === undefined ? {} : { uploads: { ...uploads, [id]: { ...before, ...change } } };
  });
}

/** A piece of a file as base64. Throws where the file can no longer be read. */
async function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(new UnreadableFile()));
    reader.readAsDataURL(piece);
  });
}

class UnreadableFile extends Error {}

const UNREADABLE: DeskFailure = {
  code: 'INVALID_INPUT', message: 'The file can no longer be read: it was moved, changed or closed to Docket meanwhile. What is here is kept; choose the file again to go on.',
  retry: 'never', traceId: null, fields: [], current: undefined,
};

async function send(id: string, file: File): Promise<void> {
  let view: ImportView = await client.imports.begin({ id, name: file.name, bytes: file.size });
  while (view.received < file.size && !stopped.has(id)) {
    show(id, { received: view.received });
    const chunk = await base64Of(file.slice(view.received, view.received + CHUNK_BYTES));
    view = await client.imports.append({ id, offset: view.received, chunk });
  }
}

/** Sends a file, or what is still missing of it, for as long as this page lives; a backend that is away is waited for. */
export async function upload(id: string, file: File): Promise<void> {
  if (useUploads.getState().uploads[id]?.state === 'sending') return;
  stopped.delete(id);
  useUploads.setState(({ uploads }) => ({ uploads: { ...uploads, [id]: { name: file.name, bytes: file.size, received: 0, state: 'sending', failure: null } } }));
  while (!stopped.has(id)) {
    try {
      await send(id, file);
      if (!stopped.has(id)) show(id, { state: 'sent', received: file.size });
      return;
    } catch (error) {
      const failure = error instanceof UnreadableFile ? UNREADABLE : failureOf(error);
      if (failure.code !== 'OFFLINE') {
        show(id, { state: 'failed', failure });
        return;
      }
      await new Promise((wake) => {
        setTimeout(wake, AGAIN_MS);
      });
    }
  }
}

/** Stops sending a file and forgets that this page did. */
export function stopUpload(id: string): void {
  stopped.add(id);
  useUploads.setState(({ uploads }) => ({ uploads: Object.fromEntries(Object.entries(uploads).filter(([known]) => known !== id)) }));
}
