import type { RemoteMember } from '../connector.ts';
import { momentIn } from './names.ts';
import type { address } from './schemas.ts';
import type { z } from 'zod';

/** A person as Mailman knows one: by an e-mail address. */
export function memberOf(email: string, name: string, more: { readonly known?: z.infer<typeof address> | null; readonly standing?: readonly string[] } = {}): RemoteMember {
  return {
    remoteId: email, name: name || more.known?.display_name || email, handle: email, joinedAt: momentIn(more.known?.registered_on),
    postCount: null, standing: more.standing ?? [], url: null,
  };
}
