import { useEffect, useState } from 'react';
import type { ImportView } from '../../../src-main/contract/imports.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { dropDraft } from '../../state/drafts.ts';
import { navigate, replaceRoute } from '../../state/route.ts';
import { stopUpload, upload, useUploads } from '../../state/uploads.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ImportForm } from './import-form.tsx';
import { importRoute } from './import-route.ts';
import type { ImportRoute } from './import-route.ts';
import { sizeWords } from './import-words.ts';
import { useFileDrop } from './use-file-drop.ts';
import css from './import-page.module.css';

/** Begins an upload and shows it. */
export function beginImport(file: File, connection: string | null): void {
  const id = crypto.randomUUID();
  void upload(id, file);
  navigate('connections', importRoute({ upload: id, connection }));
}

async function discard(id: string, connection: string | null): Promise<void> {
  stopUpload(id);
  dropDraft(`import/${id}`);
  replaceRoute('connections', importRoute({ upload: null, connection }));
  await attempt(client.imports.discard({ id }));
}

/** A file's way in: chosen, sent over in pieces, mapped with a preview, handed to a connection. */
export function ImportPage({ route }: { readonly route: ImportRoute }) {
  const { upload: id, connection } = route;
  const { data: pending, failure, reload } = useLive('imports/pending', ['imports'], () => client.imports.list({ connectionId: null }));
  const { data: platforms } = useLive('platforms', [], () => client.connections.platforms());
  // Asked for here: the connection that was just made has to be among them.
  const { data: known } = useLive('connections', ['connections'], () => client.connections.list());
  const local = useUploads((state) => (id === null ? undefined : state.uploads[id]));
  const view = pending?.find((one) => one.id === id);
  const [otherFile, setOtherFile] = useState<string | null>(null);
  const platform = platforms?.find(({ intake }) => intake === 'files');
  useCommands({ 'app.cancel': () => navigate('connections', connection) });
  const sent = local?.state === 'sent';
  useEffect(() => { if (sent) reload(); }, [sent, reload]);

  function take(file: File): void {
    // An upload that broke off goes on with the same file only.
    if (id === null || view === undefined) beginImport(file, connection);
    else if (view.state === 'uploading' && file.name === view.name && file.size === view.bytes) {
      setOtherFile(null);
      void upload(id, file);
    } else if (view.state === 'uploading') setOtherFile(file.name);
  }
  const over = useFileDrop(take);

  if (platform === undefined || known === undefined) return <div className={css.page} data-focus-home tabIndex={-1} />;
  const files = known.filter((one) => one.platform === platform.id);
  const into = files.find((one) => one.id === connection) ?? null;
  if (id !== null && (sent || view?.state === 'uploaded')) {
    return <ImportForm key={id} id={id} name={local?.name ?? view?.name ?? ''} bytes={local?.bytes ?? view?.bytes ?? 0} platform={platform.id} connections={files} into={into} onDiscard={() => { void discard(id, connection); }} />;
  }
  const sending = local?.state === 'sending';
  const stopped = view?.state === 'uploading' ? view : undefined;
  return (
    <div className={css.page}>
      <PlaceHead title="Import a file" said={into?.title} />
      <div className={css.middle}>
        {failure !== null && <ErrorNote failure={failure} />}
        {local !== undefined && local.failure !== null && <ErrorNote failure={local.failure} />}
        {sending && id !== null
          ? <Sending name={local.name} received={local.received} bytes={local.bytes} onCancel={() => { void discard(id, connection); }} />
          : (
            <ChooseFile over={over} onFile={take} title={stopped === undefined ? 'Drop a file of reports here' : `Choose ${stopped.name} again to go on`}>
              {stopped !== undefined && id !== null && (
                <p className={css.said} role="status">
                  {sizeWords(stopped.received)} of {sizeWords(stopped.bytes)} are here. {otherFile !== null && <strong><bdi>{otherFile}</bdi> is another file; it has another name or size. </strong>}
                  <Button look="quiet" onClick={() => { void discard(id, connection); }}>Discard it instead</Button>
                </p>
              )}
            </ChooseFile>
          )}
        {id === null && <Leftovers pending={pending ?? []} connection={connection} />}
      </div>
    </div>
  );
}

/** How much of the file is here. */
function Sending({ name, received, bytes, onCancel }: { readonly name: string; readonly received: number; readonly bytes: number; readonly onCancel: () => void }) {
  const keys = useKey('import.discard');
  useCommands({ 'import.discard': onCancel });
  return (
    <div className={css.sending} data-focus-home tabIndex={-1}>
      <p className={css.title}><bdi>{name}</bdi></p>
      <Progress label="Upload" value={bytes === 0 ? 1 : received / bytes} />
      <p className={css.said} role="status">{sizeWords(received)} of {sizeWords(bytes)} read in. You can work elsewhere meanwhile.</p>
      <div><Button keys={keys} onClick={onCancel}>Cancel</Button></div>
    </div>
  );
}

/** Files that were sent and never handed to a connection. */
function Leftovers({ pending, connection }: { readonly pending: readonly ImportView[]; readonly connection: string | null }) {
  if (pending.length === 0) return null;
  return (
    <section className={css.leftovers} aria-label="Begun before">
      <h2>Begun before</h2>
      <ul>
        {pending.map((view) => (
          <li key={view.id}>
            <bdi className={css.file}>{view.name}</bdi>
            <span className={css.said}>{view.state === 'uploading' ? `${sizeWords(view.received)} of ${sizeWords(view.bytes)}` : sizeWords(view.bytes)} · <Time at={view.begunAt} /></span>
            <Button onClick={() => navigate('connections', importRoute({ upload: view.id, connection }))}>Go on</Button>
            <Button look="quiet" onClick={() => { void discard(view.id, connection); }}>Discard</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
