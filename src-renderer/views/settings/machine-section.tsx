import type { Capabilities } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { secretsReady } from '../connections/secrets.ts';
import css from './settings.module.css';

const HOSTS = { electron: 'Docket’s own window', loopback: 'a browser window on this machine' } as const;

/** Where everything is on this machine, how secrets are kept, and what the host has to say. */
export function MachineSection({ capabilities }: { readonly capabilities: Capabilities | null }) {
  const { data: secrets } = useLive('secrets', ['secrets'], () => client.host.secrets());
  return (
    <section className={css.section} aria-label="This machine">
      <h2>This machine</h2>
      {capabilities?.notices.map((notice) => <p key={notice} className={css.notice} dir="auto">{notice}</p>)}
      <dl className={css.facts}>
        <dt>Data</dt>
        <dd>{capabilities === null ? '' : <code>{capabilities.dataDir}</code>}<p>Database, pictures, settings, backups and logs. Copying this folder to another machine moves Docket there.</p></dd>
        <dt>Secrets</dt>
        <dd>
          <span dir="auto">{secrets?.said ?? ''}</span>
          {secrets !== undefined && secrets.state !== 'ready' && <p><Button onClick={() => { void secretsReady(); }}>{secrets.state === 'new' ? 'Choose a passphrase' : 'Unlock'}</Button></p>}
        </dd>
        <dt>Version</dt>
        <dd>{capabilities === null ? '' : `${capabilities.version}, in ${HOSTS[capabilities.host]}`}</dd>
      </dl>
    </section>
  );
}
