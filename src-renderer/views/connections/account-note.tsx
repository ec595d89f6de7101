import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { AccountView } from '../../../src-main/contract/contract.ts';
import type { PlatformInfo } from '../../../src-main/contract/setup.ts';
import css from './connections.module.css';

/** Who we are on a platform, what is granted, and what is missing and where to grant it. */
export function AccountNote({ account, intake = null }: { readonly account: AccountView; readonly intake?: PlatformInfo['intake'] }) {
  return (
    <div className={css.account} role="status">
      <p className={css.signedIn}><CircleCheck aria-hidden="true" /> <Who account={account} intake={intake} /></p>
      {account.scopes.length > 0 && <p className={css.scopes}><span>Granted</span> {account.scopes.join(', ')}</p>}
      <Missing lines={account.missing} />
    </div>
  );
}

function Who({ account, intake }: { readonly account: AccountView; readonly intake: PlatformInfo['intake'] }) {
  if (intake === 'messages') return <span>Messages are received at <bdi>{account.name}</bdi></span>;
  if (intake === 'files') return <span>Ready for files of <bdi>{account.instance}</bdi></span>;
  return <span>Signed in as <bdi>{account.name}</bdi>{!account.name.endsWith(account.instance) && <> on <bdi>{account.instance}</bdi></>}</span>;
}

/** What an account lacks, each with what to do. */
export function Missing({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className={css.missing} aria-label="Missing">
      {lines.map((line) => <li key={line} dir="auto"><TriangleAlert aria-hidden="true" /> <span>{line}</span></li>)}
    </ul>
  );
}
