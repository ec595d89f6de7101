/** What a piece of sample text is for. `talk` is ordinary harbour chat: threads, histories, mistaken reports. */
export type Scene =
  | 'talk' | 'spam' | 'wave' | 'harassment' | 'feud' | 'off-topic' | 'misinformation' | 'privacy' | 'impersonation'
  | 'ban-evasion' | 'hate' | 'self-harm' | 'violence' | 'illegal' | 'held' | 'appeal' | 'community';

/**
 * Templates for one scene: every text starts with one of `open` and may go on with some of `more`.
 * `[a|b]` chooses, `{slot}` takes a word of the language's list; both may nest inside a choice.
 */
export type Prose = { readonly open: readonly string[]; readonly more?: readonly string[] };

/** One language of the community: its words, its names and what is said in it. */
export type Tongue = {
  readonly code: string;
  /** Words by slot name. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Given names of invented members. */
  readonly names: readonly string[];
  readonly scenes: Readonly<Partial<Record<Scene, Prose>>> & { readonly talk: Prose };
  /** What neighbours in a thread answer when someone misbehaves. */
  readonly replies: readonly string[];
  /** Reporters' comments by scene; `any` fits everywhere. */
  readonly comments: Readonly<Partial<Record<Scene | 'any' | 'mistaken' | 'malicious', readonly string[]>>>;
};
