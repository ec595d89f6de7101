import { useRef, useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { navigate, replaceRoute } from '../../state/route.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { Panes } from '../../ui/panes.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { beginImport, ImportPage } from '../imports/import-page.tsx';
import { importRoute, readImportRoute } from '../imports/import-route.ts';
import { useFileDrop } from '../imports/use-file-drop.ts';
import { showItemsOf } from '../queue/source-dialog.tsx';
import { ConnectionList } from './connection-list.tsx';
import { ConnectionPage, ConnectionSide } from './connection-page.tsx';
import { AddDialog, ChangeDialog, RemoveDialog } from './dialogs.tsx';
import { connectionsFor, listWords } from './list-words.ts';
import { addSample } from './sample.ts';
import css from './connections.module.css';

type Open = 'add' | 'change' | 'sign-in' | 'remove' | null;

const PROVIDED = 'An administrator provides it; it is changed in the connections file.';
/** So many are found with the eye. */
const FEW = 8;

async function pause(connection: ConnectionView, source: Source): Promise<void> {
  await attempt(client.connections.pause({ id: connection.id, paused: connection.health.state !== 'paused', source }));
}

/** Where an administrator gives the answers there is nothing to type: the platform's own page is asked, if it has one. */
async function signIn(connection: ConnectionView): Promise<void> {
  await attempt(client.connections.syncNow({ id: connection.id, signIn: true }));
}

async function syncNow(connection: ConnectionView): Promise<void> {
  await attempt(client.connections.syncNow({ id: connection.id }));
}

function select(id: string): void {
  replaceRoute('connections', id);
}

/** The connections, or a file on its way into one of them. */
export function ConnectionsPlace({ id }: { readonly id: string | null }) {
  const route = readImportRoute(id);
  return route === null ? <Overview id={id} /> : <ImportPage route={route} />;
}

/** The connections: how each fares, adding, changing, pausing, removing. */
function Overview({ id }: { readonly id: string | null }) {
  const { data, failure } = useLive('connections', ['connections', 'secrets'], () => client.connections.list());
  const { data: platforms } = useLive('platforms', [], () => client.connections.platforms());
  const [open, setOpen] = useState<Open>(null);
  const [text, setText] = useState('');
  const [searching, setSearching] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const [addKey, importKey] = [useKey('connection.add'), useKey('connection.import')];
  const connections = data ?? [];
  const shown = connectionsFor(connections, text);
  const now = shown.find((known) => known.id === id) ?? shown[0];
  const intake = platforms?.find((platform) => platform.id === now?.platform)?.intake ?? null;
  const fileTarget = intake === 'files' ? now?.id ?? null : null;
  const over = useFileDrop((file) => beginImport(file, fileTarget));
  const close = (): void => setOpen(null);
  const importFile = (): void => navigate('connections', importRoute({ upload: null, connection: fileTarget }));
  const some = (): string | null => (now === undefined ? 'Nothing is connected yet.' : null);
  const own = (): string | null => (now?.provisioned === true ? PROVIDED : some());

  useListMoves(shown.map((known) => known.id), now?.id ?? null, select);
  useCommands({
    'connection.add': () => setOpen('add'),
    'connection.items': { run: () => { if (now !== undefined) showItemsOf([now.id]); }, why: some },
    'connection.sync': { run: () => { if (now !== undefined) void syncNow(now); }, why: () => (now?.health.state === 'paused' ? 'It is paused.' : some()) },
    'connection.pause': { run: (source) => { if (now !== undefined) void pause(now, source); }, why: some },
    // Files come by themselves: there is nobody to sign in.
    'connection.sign-in': intake === 'files' ? undefined : { run: () => { if (now?.provisioned === true) void signIn(now); else setOpen('sign-in'); }, why: some },
    'connection.change': { run: () => setOpen('change'), why: own },
    'connection.import': importFile,
    'connection.remove': { run: () => setOpen('remove'), why: own },
    'find.filter': connections.length === 0 ? undefined : () => {
      setSearching(true);
      requestAnimationFrame(() => box.current?.focus());
    },
  });

  return (
    <Panes
      list={(
        <>
          <PlaceHead title="Connections" said={data === undefined ? undefined : listWords(connections)}>
            <Button keys={addKey} onClick={() => setOpen('add')}>Connect</Button>
          </PlaceHead>
          {(connections.length > FEW || searching || text !== '') && <div className={css.search}><FilterBox ref={box} label="Filter by name, platform or state" text={text} onText={setText} /></div>}
          {failure !== null && <ErrorNote failure={failure} />}
          {shown.length > 0 && <ConnectionList connections={shown} selected={now?.id ?? null} onSelect={select} />}
          {connections.length > 0 && shown.length === 0 && <p className={css.nothing} role="status">No connection by that name or in that state.</p>}
          {data !== undefined && connections.length === 0 && (
            <Empty
              title="Nothing is connected"
              said="A connection is one account on one instance of a platform. Its reports come into the queue."
              next={[{ keys: addKey, text: 'connect a platform' }, { keys: importKey, text: 'import a file of reports' }].flatMap(({ keys, text }) => (keys === undefined ? [] : [{ keys, text }]))}
            >
              <Button onClick={() => { void addSample('pointer'); }}>Try the sample community</Button>
            </Empty>
          )}
        </>
      )}
      {...(now === undefined ? {} : { side: <ConnectionSide key={now.id} connection={now} intake={intake} /> })}
    >
      {over && <p className={css.over} role="status">{fileTarget === null || now === undefined ? 'Let go to import this file' : `Let go to import this file into ${now.title}`}</p>}
      {now !== undefined && <ConnectionPage key={now.id} connection={now} intake={intake} />}
      {open === 'add' && <AddDialog onClose={close} onImport={importFile} />}
      {(open === 'change' || open === 'sign-in') && now !== undefined && <ChangeDialog connection={now} signingIn={open === 'sign-in'} onClose={close} />}
      {open === 'remove' && now !== undefined && <RemoveDialog connection={now} intake={intake} onClose={close} />}
    </Panes>
  );
}
