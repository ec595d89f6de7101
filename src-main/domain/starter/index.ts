import { harassment } from './harassment.ts';
import { hate } from './hate.ts';
import { impersonation } from './impersonation.ts';
import { minors } from './minors.ts';
import { offTopic } from './off-topic.ts';
import { privacy } from './privacy.ts';
import { safety } from './safety.ts';
import { spam } from './spam.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** The guidelines a new community starts from. Text in modules, so that it is there in plain Node and in a bundle alike. */
export const STARTER_GUIDELINES: readonly StarterGuideline[] = [
  spam, harassment, hate, privacy, offTopic, impersonation, minors, safety,
];
