import type { Tongue } from './prose.ts';
import { feud, harassment, hate, selfHarm, violence } from './english/conflict.ts';
import { appeal, comments, held } from './english/desk.ts';
import { replies, talk } from './english/talk.ts';
import { illegal, offTopic, spam, wave } from './english/trade.ts';
import { banEvasion, community, impersonation, misinformation, privacy } from './english/trust.ts';
import { names, words } from './english/words.ts';

/** The harbour's main language, with every scene. */
export const english: Tongue = {
  code: 'en',
  words,
  names,
  scenes: {
    talk, spam, wave, harassment, feud, 'off-topic': offTopic, misinformation, privacy, impersonation, 'ban-evasion': banEvasion,
    hate, 'self-harm': selfHarm, violence, illegal, held, appeal, community,
  },
  replies,
  comments,
};
