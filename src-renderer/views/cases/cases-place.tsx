import { CaseList } from './case-list.tsx';
import { CasePage } from './case-page.tsx';

/** The cases: all of them, or the one that is open. */
export function CasesPlace({ id }: { readonly id: string | null }) {
  return id === null ? <CaseList /> : <CasePage key={id} id={id} />;
}
