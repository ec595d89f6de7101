import { useRef, useState } from 'react';
import type { ConnectionView, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { navigate } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Picker } from '../../ui/picker.tsx';
import { ConnectionForm } from './connection-form.tsx';
import css from './connections.module.css';

function usePlatforms() {
  return useLive('platforms', [], () => client.connections.platforms());
}

/** Connects a platform: which one, its form, a trial, saved. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, failure } = usePlatforms();
  const [text, setText] = useState('');
  const [platform, setPlatform] = useState<PlatformInfo | null>(null);
  const [id] = useState(() => crypto.randomUUID());
  if (platform !== null) {
    return (
      <Dialog open onClose={onClose} title={`Connect ${platform.title}`} said={platform.summary} size="medium">
        <ConnectionForm
          platform={platform}
          known={null}
          save={(title, values) => client.connections.add({ id, platform: platform.id, title, values, source: 'key' })}
          onSaved={() => {
            onClose();
            navigate('connections');
            toast({ tone: 'done', text: `${platform.title} is connected; its first sync has begun` });
          }}
          onBack={() => setPlatform(null)}
        />
      </Dialog>
    );
  }
  const wanted = text.trim().toLowerCase();
  return (
    <Dialog open onClose={onClose} title="Connect a platform" said="Nothing is saved before a test has said who you are there." size="medium">
      {failure !== null && <ErrorNote failure={failure} />}
      <Picker
        label="Platform"
        placeholder="Which platform"
        text={text}
        onText={setText}
        options={(data ?? []).filter(({ title, summary }) => `${title} ${summary}`.toLowerCase().includes(wanted)).map(({ id: name, title, summary }) => ({ id: name, label: title, said: summary }))}
        onPick={(picked) => setPlatform(data?.find((known) => known.id === picked) ?? null)}
        empty={data === undefined ? undefined : 'No connector by that name yet. A mailbox of reports can come in through a file or a webhook where those are listed.'}
      />
    </Dialog>
  );
}

/** Changes a connection, or signs in again. Secrets left empty stay as they are. */
export function ChangeDialog({ connection, signingIn, onClose }: { readonly connection: ConnectionView; readonly signingIn: boolean; readonly onClose: () => void }) {
  const { data, failure } = usePlatforms();
  const platform = data?.find(({ id }) => id === connection.platform);
  return (
    <Dialog open onClose={onClose} title={signingIn ? `Sign in to ${connection.instance} again` : `Change ${connection.title}`} said={signingIn ? 'Nothing that was brought in is lost; syncing goes on where it stopped.' : undefined} size="medium">
      {failure !== null && <ErrorNote failure={failure} />}
      {platform !== undefined && (
        <ConnectionForm
          platform={platform}
          known={{ title: connection.title, values: connection.settings }}
          save={(title, values) => client.connections.change({ id: connection.id, title, values, source: 'key' })}
          onSaved={() => { onClose(); toast({ tone: 'done', text: `${connection.title} is changed; it syncs now` }); }}
          onBack={onClose}
          signingIn={signingIn}
        />
      )}
    </Dialog>
  );
}

/** Ends a connection after saying what stays and what goes. */
export function RemoveDialog({ connection, onClose }: { readonly connection: ConnectionView; readonly onClose: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  const { waiting } = connection.health;
  async function remove(): Promise<void> {
    if (await attempt(client.connections.remove({ id: connection.id, source: 'key' })) === null) return;
    onClose();
    toast({ tone: 'done', text: `${connection.title} is removed. What it brought in is still here.` });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${connection.title}?`}
      initialFocus={keep}
      actions={<><Button ref={keep} onClick={onClose}>Keep it</Button><Button look="danger" onClick={() => { void remove(); }}>Remove</Button></>}
    >
      <dl className={css.leaving}>
        <dt>Stays</dt>
        <dd>Every item it brought in, your decisions, notes, cases and the history.</dd>
        <dt>Goes</dt>
        <dd>The sign-in and its secrets; syncing ends.{waiting > 0 && ` ${waiting === 1 ? 'One decision waits' : `${waiting} decisions wait`} to be sent there, and will not be unless you connect it again.`}</dd>
      </dl>
    </Dialog>
  );
}
