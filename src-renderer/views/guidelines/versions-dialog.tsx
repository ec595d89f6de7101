import { useState } from 'react';
import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { DiffView } from '../../ui/diff-view.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import { diffSize, lineDiff } from '../../ui/line-diff.ts';
import { fullTime } from '../../ui/time-words.ts';
import { wholeText } from './draft-text.ts';
import { stepWords, strikeWords } from './ladder-words.ts';
import css from './guidelines.module.css';

/** A guideline as lines, with its ladder in words. */
export function linesOf(guideline: Parameters<typeof wholeText>[0]): string {
  return wholeText(guideline, (step) => `${strikeWords(step.strikes)}: ${stepWords(step)}`);
}

/** What changed from each version to the next; the arrows of the list box walk through them. */
export function VersionsDialog({ versions, first, onClose }: { readonly versions: readonly GuidelineView[]; readonly first: number; readonly onClose: () => void }) {
  const [picked, setPicked] = useState(String(first));
  const shown = versions.find(({ version }) => String(version) === picked) ?? versions[0];
  if (shown === undefined) return null;
  const before = versions.find(({ version }) => version === shown.version - 1);
  const lines = lineDiff(before === undefined ? '' : linesOf(before), linesOf(shown));
  return (
    <Dialog open onClose={onClose} title={`What changed in ${shown.number} ${shown.title}`} size="medium">
      <div className={css.comparing}>
        <Select
          aria-label="Version"
          value={picked}
          options={versions.map(({ version, publishedBy, publishedAt }) => ({ value: String(version), label: `Version ${version} by ${publishedBy}, ${fullTime(publishedAt)}` }))}
          onPick={setPicked}
        />
        <p className={css.none}>{before === undefined ? 'The first version.' : `Against version ${before.version}: ${diffSize(lines) === '' ? 'the same text' : `${diffSize(lines)} lines`}.`}</p>
        <DiffView lines={lines} />
      </div>
    </Dialog>
  );
}
