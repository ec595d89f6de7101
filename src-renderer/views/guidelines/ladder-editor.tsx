import { Plus, X } from 'lucide-react';
import type { GuidelineDraft } from '../../../src-main/contract/work.ts';
import { VERBS } from '../../../src-main/contract/words.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextBox } from '../../ui/field.tsx';
import css from './editor.module.css';

type Ladder = GuidelineDraft['ladder'];
type Step = Ladder[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Verbs that last for a time, and the times offered for them. */
const LASTING: ReadonlySet<string> = new Set(['mute', 'suspend', 'snooze']);
const SPANS = [
  { value: String(6 * HOUR), label: '6 hours' }, { value: String(DAY), label: '1 day' }, { value: String(3 * DAY), label: '3 days' }, { value: String(7 * DAY), label: '7 days' },
  { value: String(14 * DAY), label: '14 days' }, { value: String(30 * DAY), label: '30 days' }, { value: String(90 * DAY), label: '90 days' }, { value: 'good', label: 'for good' },
];

function spansFor(durationMs: number | null | undefined): readonly { readonly value: string; readonly label: string }[] {
  const value = typeof durationMs === 'number' ? String(durationMs) : 'good';
  return SPANS.some((span) => span.value === value) ? SPANS : [{ value, label: `${Math.round(Number(value) / HOUR)} hours` }, ...SPANS];
}

function withVerb(step: Step, verb: Step['verb']): Step {
  const { durationMs: _, ...rest } = step;
  return LASTING.has(verb) ? { ...rest, verb, durationMs: step.durationMs ?? 3 * DAY } : { ...rest, verb };
}

/** The steps from strikes to what is recommended next. */
export function LadderEditor({ ladder, onChange }: { readonly ladder: Ladder; readonly onChange: (ladder: Ladder) => void }) {
  const change = (index: number, step: Step): void => onChange(ladder.map((known, at) => (at === index ? step : known)));
  return (
    <fieldset className={css.group}>
      <legend>Ladder</legend>
      {ladder.map((step, index) => (
        <div key={`${index}-${ladder.length}`} className={css.step}>
          <span>From</span>
          <TextBox
            type="number"
            min={0}
            aria-label={`Strikes for step ${index + 1}`}
            value={step.strikes}
            onChange={(event) => change(index, { ...step, strikes: Math.max(0, Math.round(event.target.valueAsNumber) || 0) })}
          />
          <span>strikes</span>
          <Select aria-label={`Decision for step ${index + 1}`} value={step.verb} options={VERBS.map((value) => ({ value, label: value }))} onPick={(verb) => change(index, withVerb(step, verb))} />
          {LASTING.has(step.verb) && (
            <Select
              aria-label={`How long for step ${index + 1}`}
              value={typeof step.durationMs === 'number' ? String(step.durationMs) : 'good'}
              options={spansFor(step.durationMs)}
              onPick={(value) => change(index, { ...step, durationMs: value === 'good' ? null : Number(value) })}
            />
          )}
          <Button look="quiet" icon={<X aria-hidden="true" />} aria-label={`Take step ${index + 1} away`} onClick={() => onChange(ladder.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button
        icon={<Plus aria-hidden="true" />}
        disabled={ladder.length >= 10}
        onClick={() => onChange([...ladder, { strikes: Math.max(-1, ...ladder.map(({ strikes }) => strikes)) + 1, verb: 'warn' }])}
      >
        Add a step
      </Button>
    </fieldset>
  );
}
