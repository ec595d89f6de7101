import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Section } from '../../ui/section.tsx';
import css from './intake-sections.module.css';

function copy(text: string, what: string): void {
  if (copyText(text)) toast({ tone: 'done', text: `${what} is copied` });
  else toast({ tone: 'failed', text: 'The clipboard cannot be written here. Mark the text and copy it.' });
}

/** Where messages are to be sent, with a command that sends one. */
export function AddressSection({ connection }: { readonly connection: ConnectionView }) {
  const { id } = connection;
  const keys = useKey('connection.copy');
  const { data } = useLive(`example/${id}/${JSON.stringify(connection.settings)}`, [], () => client.inbox.example({ connectionId: id }));
  const address = data?.address;
  useCommands({ 'connection.copy': address === undefined ? undefined : () => copy(address, 'The address') });
  if (data === undefined || data === null) return null;
  return (
    <Section title="Send messages to">
      <div className={css.address}>
        <div className={css.where}><code>{data.address}</code><Button keys={keys} onClick={() => copy(data.address, 'The address')}>Copy</Button></div>
        <p className={css.help}>For a try, this sends one report from a shell; it asks for the signing secret. What it brings can be dismissed like any other.</p>
        <pre className={css.example} tabIndex={0} aria-label="A command that sends one report">{data.command}</pre>
        <div><Button onClick={() => copy(data.command, 'The command')}>Copy the command</Button></div>
      </div>
    </Section>
  );
}
