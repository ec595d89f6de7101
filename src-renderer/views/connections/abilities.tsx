import { Check, Minus, Undo2 } from 'lucide-react';
import type { VerbOffer } from '../../../src-main/contract/queue.ts';
import type { Ability } from '../../../src-main/contract/setup.ts';
import type { SubjectType } from '../../../src-main/contract/words.ts';
import { VERB_WORDS } from '../../state/verb-words.ts';
import { abilityRows, whyNots } from './ability-words.ts';
import css from './abilities.module.css';

const TYPE_WORDS: Readonly<Record<SubjectType, string>> = { post: 'Post', message: 'Message', member: 'Member', community: 'Community' };

function Cell({ offer }: { readonly offer: VerbOffer | undefined }) {
  if (offer?.can !== true) return <span className={css.no} title={offer?.why ?? undefined}><Minus aria-hidden="true" /><span className="quiet">no</span></span>;
  return (
    <span className={css.yes} title={offer.reversible ? 'Can be done, and taken back there' : 'Can be done; it cannot be taken back there'}>
      <Check aria-hidden="true" />
      {offer.reversible && <Undo2 aria-hidden="true" className={css.back} />}
      <span className="quiet">{offer.reversible ? 'yes, and back' : 'yes'}</span>
    </span>
  );
}

/** What this account can do there, by what was reported, and why the rest cannot be done. */
export function Abilities({ abilities }: { readonly abilities: readonly Ability[] }) {
  const rows = abilityRows(abilities);
  return (
    <div className={css.abilities}>
      <table className={css.table}>
        <thead><tr><th scope="col"><span className="quiet">Decision</span></th>{abilities.map(({ type }) => <th key={type} scope="col">{TYPE_WORDS[type]}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ verb, offers }) => (
            <tr key={verb}>
              <th scope="row">{VERB_WORDS[verb].title}</th>
              {abilities.map(({ type }, at) => <td key={type}><Cell offer={offers[at]} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={css.whys}>
        {whyNots(abilities).map(({ verbs, why }) => <li key={why}><strong>{verbs.map((verb) => VERB_WORDS[verb].title).join(', ')}</strong> <span dir="auto">{why}</span></li>)}
      </ul>
      <p className={css.legend}><Undo2 aria-hidden="true" /> can be taken back there after the undo window</p>
    </div>
  );
}
