import { memo } from 'react';
import type { CommandId } from '../../../src-main/contract/commands.ts';
import { VERBS } from '../../../src-main/contract/words.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import type { VerbOffer } from '../../../src-main/contract/queue.ts';
import { runCommand, whyNot } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { choicesFor, targetIds } from '../../state/deciding.ts';
import { useDetail } from '../../state/details.ts';
import { useQueue } from '../../state/queue.ts';
import { toast } from '../../state/toasts.ts';
import { VERB_WORDS } from '../../state/verb-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { Hint } from '../../ui/hint.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { MoveHint } from '../frame/bottom-bar.tsx';
import { countWords } from '../../ui/count-words.ts';
import css from './deciding.module.css';

const VERB_COMMANDS: Readonly<Record<Verb, CommandId>> = {
  remove: 'decide.remove', mute: 'decide.mute', warn: 'decide.warn', suspend: 'decide.suspend', dismiss: 'decide.dismiss', label: 'decide.label',
  lock: 'decide.lock', restore: 'decide.restore', escalate: 'decide.escalate', snooze: 'decide.snooze', message: 'decide.message',
};

/** The verbs the selection can take, always in the same order; the others are dimmed and say why. `alone`: nothing is being decided. */
export function IdleBar({ alone }: { readonly alone: boolean }) {
  const selected = useQueue((state) => state.selected);
  const picked = useQueue((state) => state.picked);
  useDetail(selected);
  const offers = choicesFor(targetIds()).offers;
  return (
    <>
      {alone && picked.size > 0 && <Badge tone="accent">{countWords(picked.size)} selected</Badge>}
      <div className={css.verbs} role="toolbar" aria-label="Decide">
        {VERBS.map((verb, index) => <VerbButton key={verb} verb={verb} main={index === 0} {...offered(offers.find((offer) => offer.verb === verb))} />)}
        {alone && <CombineButton />}
      </div>
      {alone && <MoveHint deciding />}
    </>
  );
}

function press(id: CommandId, title: string): void {
  const why = whyNot(id);
  if (why === null) runCommand(id, 'pointer');
  else toast({ id: 'why-not', text: `${title}: ${why}` });
}

/** The two facts that a button shows of an offer; most items of a platform share them. */
function offered(offer: VerbOffer | undefined): { readonly can: boolean; readonly why: string | null } {
  return { can: offer?.can === true, why: offer?.can === false ? offer.why : null };
}

const VerbButton = memo(function VerbButton({ verb, can, why, main }: { readonly verb: Verb; readonly can: boolean; readonly why: string | null; readonly main: boolean }) {
  const id = VERB_COMMANDS[verb];
  const keys = useKey(id);
  const { title } = VERB_WORDS[verb];
  const button = (
    <button
      type="button"
      className={classes(css.verb, main && css.main)}
      aria-disabled={!can}
      data-verb={verb}
      // The list keeps the focus, so that the next key goes where the eye is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => press(id, title)}
    >
      {keys !== undefined && <Keys chord={keys} dim={!can} />}
      <span>{title}</span>
    </button>
  );
  return why === null ? button : <Hint text={why}>{button}</Hint>;
});

const CombineButton = memo(function CombineButton() {
  const keys = useKey('decide.combine');
  return (
    <button type="button" className={css.verb} onMouseDown={(event) => event.preventDefault()} onClick={() => press('decide.combine', 'Combine')}>
      {keys !== undefined && <Keys chord={keys} />}
      <span>Combine</span>
    </button>
  );
});
