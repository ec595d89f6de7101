import type { Source } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { navigate } from '../../state/route.ts';

/** The connector that comes with the app, for trying. */
const SAMPLE = 'sample';

/** Connects the sample community and goes to its queue; false when it could not be. */
export async function addSample(source: Source): Promise<boolean> {
  const added = await attempt(client.connections.add({ id: crypto.randomUUID(), platform: SAMPLE, title: '', values: {}, source }));
  if (added === null) return false;
  navigate('queue');
  return true;
}
