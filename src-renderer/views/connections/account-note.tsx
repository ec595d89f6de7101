import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { AccountView } from '../../../src-main/contract/contract.ts';
import css from './connections.module.css';

/** Who we are on a platform, what is granted, and what is missing and where to grant it. */
export function AccountNote({ account }: { readonly account: AccountView }) {
  return (
    <div className={css.account} role="status">
      <p className={css.signedIn}><CircleCheck aria-hidden="true" /> <span>Signed in as <bdi>{account.name}</bdi>{!account.name.endsWith(account.instance) && <> on <bdi>{account.instance}</bdi></>}</span></p>
      {account.scopes.length > 0 && <p className={css.scopes}><span>Granted</span> {account.scopes.join(', ')}</p>}
      {account.missing.length > 0 && (
        <ul className={css.missing} aria-label="Missing">
          {account.missing.map((line) => <li key={line} dir="auto"><TriangleAlert aria-hidden="true" /> <span>{line}</span></li>)}
        </ul>
      )}
    </div>
  );
}
