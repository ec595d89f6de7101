import { useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { replaceRoute } from '../../state/route.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panes } from '../../ui/panes.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { ConnectionList } from './connection-list.tsx';
import { ConnectionPage } from './connection-page.tsx';
import { AddDialog, ChangeDialog, RemoveDialog } from './dialogs.tsx';
import { addSample } from './sample.ts';

type Open = 'add' | 'change' | 'sign-in' | 'remove' | null;

const PROVIDED = 'An administrator provides it; it is changed in the connections file.';

async function pause(connection: ConnectionView, source: Source): Promise<void> {
  await attempt(client.connections.pause({ id: connection.id, paused: connection.health.state !== 'paused', source }));
}

async function syncNow(connection: ConnectionView): Promise<void> {
  await attempt(client.connections.syncNow({ id: connection.id }));
}

function select(id: string): void {
  replaceRoute('connections', id);
}

/** The connections: how each fares, adding, changing, pausing, removing. */
export function ConnectionsPlace({ id }: { readonly id: string | null }) {
  const { data, failure } = useLive('connections', ['connections', 'secrets'], () => client.connections.list());
  const [open, setOpen] = useState<Open>(null);
  const addKey = useKey('connection.add');
  const connections = data ?? [];
  const now = connections.find((known) => known.id === id) ?? connections[0];
  const close = (): void => setOpen(null);
  const some = (): string | null => (now === undefined ? 'Nothing is connected yet.' : null);
  const own = (): string | null => (now?.provisioned === true ? PROVIDED : some());

  useListMoves(connections.map((known) => known.id), now?.id ?? null, select);
  useCommands({
    'connection.add': () => setOpen('add'),
    'connection.sync': { run: () => { if (now !== undefined) void syncNow(now); }, why: () => (now?.health.state === 'paused' ? 'It is paused.' : some()) },
    'connection.pause': { run: (source) => { if (now !== undefined) void pause(now, source); }, why: some },
    'connection.sign-in': { run: () => setOpen('sign-in'), why: own },
    'connection.change': { run: () => setOpen('change'), why: own },
    'connection.remove': { run: () => setOpen('remove'), why: own },
  });

  return (
    <Panes
      list={(
        <>
          <PlaceHead title="Connections" said={data === undefined ? undefined : String(connections.length)}>
            <Button keys={addKey} onClick={() => setOpen('add')}>Connect</Button>
          </PlaceHead>
          {failure !== null && <ErrorNote failure={failure} />}
          {connections.length > 0 && <ConnectionList connections={connections} selected={now?.id ?? null} onSelect={select} />}
          {data !== undefined && connections.length === 0 && (
            <Empty
              title="Nothing is connected"
              said="A connection is one account on one instance of a platform. Its reports come into the queue."
              {...(addKey === undefined ? {} : { next: [{ keys: addKey, text: 'connect a platform' }] })}
            >
              <Button onClick={() => { void addSample('pointer'); }}>Try the sample community</Button>
            </Empty>
          )}
        </>
      )}
    >
      {now !== undefined && <ConnectionPage key={now.id} connection={now} />}
      {open === 'add' && <AddDialog onClose={close} />}
      {(open === 'change' || open === 'sign-in') && now !== undefined && <ChangeDialog connection={now} signingIn={open === 'sign-in'} onClose={close} />}
      {open === 'remove' && now !== undefined && <RemoveDialog connection={now} onClose={close} />}
    </Panes>
  );
}
