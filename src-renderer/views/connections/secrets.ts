import { create } from 'zustand';
import type { SecretsStatus } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';

type Asking = { readonly status: SecretsStatus; readonly done: (ready: boolean) => void } | null;

/** The passphrase being asked for; null most of the time. */
export const useSecretsQuestion = create<{ readonly asking: Asking }>(() => ({ asking: null }));

/** Makes sure that secrets can be kept and read, asking for the passphrase where they are locked or new; false when given up. */
export async function secretsReady(): Promise<boolean> {
  const status = await attempt(client.host.secrets());
  if (status === null) return false;
  if (status.state === 'ready') return true;
  return new Promise((resolve) => {
    useSecretsQuestion.setState({
      asking: {
        status,
        done: (ready) => {
          useSecretsQuestion.setState({ asking: null });
          resolve(ready);
        },
      },
    });
  });
}
