import { createElement } from 'react';
import type { SearchHit } from '../../../src-main/contract/contract.ts';
import { openItem } from '../../state/queue.ts';
import { navigate } from '../../state/route.ts';
import type { PickerOption } from '../../ui/picker.tsx';

const KIND_WORDS: Readonly<Record<SearchHit['kind'], string>> = { item: 'Item', case: 'Case', guideline: 'Guideline', note: 'Note' };

/** A search hit as a line of the palette. */
export function hitOption(hit: SearchHit): PickerOption {
  return { id: `${hit.kind}/${hit.id}`, label: createElement('bdi', null, hit.title === '' ? hit.detail : hit.title), detail: `${KIND_WORDS[hit.kind]}${hit.detail === '' ? '' : ` · ${hit.detail}`}` };
}

/** Opens what was found where it lives. */
export function goToHit(hit: SearchHit): void {
  const item = Number(hit.id);
  switch (hit.kind) {
    case 'item':
      navigate('queue');
      void openItem(item);
      return;
    case 'case':
      navigate('cases', hit.id);
      return;
    case 'guideline':
      navigate('guidelines', hit.id);
      return;
    case 'note':
      // A note is found under what it is about: an item by its number, else a case.
      if (Number.isSafeInteger(item)) {
        navigate('queue');
        void openItem(item);
      } else navigate('cases', hit.id);
  }
}
